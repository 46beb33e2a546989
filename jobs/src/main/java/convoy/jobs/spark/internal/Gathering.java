package convoy.jobs.spark.internal;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockResult;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.StorageLevel;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Brings an RDD to the driver. Spark keeps each partition as a block where its task ran, and the
 * driver fetches the block as soon as the task has ended. In one process these are the task's own
 * objects, while results of tasks would be copied five times. A lost block is made again.
 */
public final class Gathering<T> {
  /** As many threads as Spark has for results. */
  private static final int THREADS = 4;

  /** As many attempts as Spark gives a task. */
  private static final int ATTEMPTS = 4;

  private final JavaRDD<T> parts;
  private final ClassTag<T> type;
  private final Map<Integer, List<T>> taken = new ConcurrentHashMap<>();

  private Gathering(JavaRDD<T> parts, Class<T> type) {
    this.parts = parts;
    this.type = ClassTag$.MODULE$.apply(type);
  }

  /**
   * Gathers all elements, in the order of their partitions.
   *
   * @throws IllegalStateException if a block is lost after each attempt
   */
  public static <T> List<T> of(JavaRDD<T> parts, Class<T> type) {
    Gathering<T> gathering = new Gathering<>(parts, type);
    ExecutorService takers = Executors.newFixedThreadPool(THREADS);
    parts.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      for (int i = 0; i < ATTEMPTS && !gathering.missing().isEmpty(); i++) {
        gathering.run(gathering.missing(), takers);
      }
    } finally {
      takers.shutdownNow();
      parts.unpersist(false);
    }

    List<Integer> missing = gathering.missing();
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "partitions %s were made %d times and lost with their executors each time; see why they end"
              .formatted(missing, ATTEMPTS));
    }

    return IntStream.range(0, parts.getNumPartitions())
        .boxed()
        .flatMap(partition -> gathering.taken.get(partition).stream())
        .toList();
  }

  private List<Integer> missing() {
    return IntStream.range(0, parts.getNumPartitions())
        .boxed()
        .filter(partition -> !taken.containsKey(partition))
        .toList();
  }

  private void run(List<Integer> partitions, ExecutorService takers) {
    Queue<Future<?>> taking = new ConcurrentLinkedQueue<>();
    // The scheduler waits for this call, so another thread fetches the block.
    RunJob.run(
        parts,
        partitions,
        (task, elements) -> elements.size(),
        Integer.class,
        (index, size) -> taking.add(takers.submit(() -> take(partitions.get(index)))));
    for (Future<?> taker : taking) {
      await(taker);
    }
  }

  /** Fetches a partition, which stays missing if its block is lost. */
  private void take(int partition) {
    RDDBlockId id = new RDDBlockId(parts.id(), partition);
    BlockManager blocks = SparkEnv.get().blockManager();
    Option<BlockResult> block = blocks.get(id, type);
    if (block.isDefined()) {
      @SuppressWarnings("unchecked") // The RDD has this element type.
      Iterator<T> elements = (Iterator<T>) (Iterator<?>) block.get().data();
      taken.put(partition, JavaConverters.seqAsJavaList(elements.toList()));
      free(id, blocks);
    }
  }

  /** Frees a block. In this process it is free at once; another executor is asked to free it. */
  private static void free(RDDBlockId id, BlockManager blocks) {
    if (blocks.getStatus(id).isDefined()) {
      blocks.removeBlock(id, true);
    } else {
      blocks.master().removeBlock(id);
    }
  }

  private static void await(Future<?> taker) {
    try {
      taker.get();
    } catch (ExecutionException problem) {
      throw new IllegalStateException("a partition could not be fetched", problem.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while partitions are fetched", stopped);
    }
  }
}
