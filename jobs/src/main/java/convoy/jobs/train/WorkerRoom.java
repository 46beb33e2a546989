package convoy.jobs.train;

import convoy.jobs.exchange.StateLayout;
import convoy.jobs.spark.TaskSlots;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says before the first round if the cluster is small for the run. */
final class WorkerRoom {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerRoom.class);
  private static final long MEBIBYTE = 1 << 20;

  /** MiB of heap for Spark itself and for pictures. */
  private static final long BESIDE_SLICES = 350;

  private WorkerRoom() {}

  static void tell(SparkSession spark, int workers, StateLayout state) {
    String few = fewSlots(workers, TaskSlots.of(spark.sparkContext()));
    if (few != null) {
      LOG.warn(few);
    }

    if (spark.sparkContext().isLocal()) {
      return;
    }

    long heap = spark.sparkContext().getConf().getSizeAsMb("spark.executor.memory", "1g");
    int slots = TaskSlots.ofExecutor(spark.sparkContext());
    String small = smallHeap(heap, slots, state.inReduction(workers));
    if (small != null) {
      LOG.warn(small);
    }
  }

  /** A text about workers that wait for others, or null. */
  static String fewSlots(int workers, int slots) {
    return workers <= slots
        ? null
        : ("training.workers=%,d, but only %,d can train at a time, so each round has %,d turns, one"
                + " after another: give more cores, or begin a run with fewer workers")
            .formatted(workers, slots, (workers + slots - 1) / slots);
  }

  /**
   * A text about executors whose heap can't hold the slices that tasks reduce, or null.
   *
   * @param tasks that an executor runs at the same time
   * @param bytes that one of them holds
   */
  static String smallHeap(long heapMebibytes, int tasks, long bytes) {
    long held = tasks * bytes / MEBIBYTE;
    long needed = BESIDE_SLICES + (tasks * bytes + MEBIBYTE - 1) / MEBIBYTE;
    return heapMebibytes >= needed
        ? null
        : "an executor has %,d MiB of heap, and its tasks (%,d at a time) hold up to %,d MiB of the workers' states: give --executor-memory %dm or more, or fewer --executor-cores"
            .formatted(heapMebibytes, tasks, held, needed);
  }
}
