package convoy.jobs.exchange;

import convoy.jobs.spark.TaskSlots;
import convoy.jobs.spark.internal.Blocks;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks that a state survives the loss of any one executor. */
final class SecondCopies {
  private static final Logger LOG = LoggerFactory.getLogger(SecondCopies.class);

  private SecondCopies() {}

  /**
   * Copies slices again that have one copy only. Spark makes the second copy as a slice is put, and
   * goes on without it where that fails.
   *
   * @throws StateLostException if a slice has no copy
   */
  static void secure(JavaSparkContext spark, HeldState state) {
    Blocks blocks = state.blocks();
    state.requireWhole();
    List<Integer> single = blocks.withFewerThan(blocks.copies());
    if (single.isEmpty()) {
      return;
    }

    LOG.info("{} slices of the state have one copy only, and are copied again", single.size());
    int tasks = TaskSlots.of(spark.sc());
    spark
        .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
        .foreach(task -> single.forEach(blocks::copy));
    List<Integer> still = blocks.withFewerThan(blocks.copies());
    if (!still.isEmpty()) {
      LOG.info("{} slices of the state still have one copy only", still.size());
    }
  }
}
