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
    long bytes = state.cuts().stream().mapToLong(StateLayout.Cut::bytes).sum();
    String small = smallHeap(heap, bytes);
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
   * A text about executors whose heap can't hold a state and what is made of it, or null. VGG-16
   * has been trained with a heap of 1.8 times its state (docs/results.md).
   */
  static String smallHeap(long heapMebibytes, long stateBytes) {
    long needed = (long) Math.ceil(1.8 * stateBytes / MEBIBYTE);
    return heapMebibytes >= needed
        ? null
        : "an executor has %,d MiB of heap, and the state of the network has %,d MiB: give --executor-memory %dm or more"
            .formatted(heapMebibytes, stateBytes / MEBIBYTE, needed);
  }
}
