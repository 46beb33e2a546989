package convoy.jobs.train.sync;

import convoy.jobs.exchange.HeldState;
import convoy.jobs.exchange.TrainingState;
import convoy.jobs.spark.internal.Blocks;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/** One round as the training loop does it, with states in this process before and after it. */
record Rounds(JavaSparkContext spark, Workers workers) {
  /** The result of a round, whose slices are still held, and a copy of its state. */
  record Trained(RoundResult result, TrainingState state) {}

  Trained train(TrainingState state, Round round) {
    try (HeldState before = HeldState.inDriver(spark, Blocks.newOwner(), state.id(), state)) {
      RoundResult result = workers.train(before, round).mean().next();
      try (HeldState after = result.state()) {
        return new Trained(result, copy(after));
      }
    }
  }

  private static TrainingState copy(HeldState held) {
    return new TrainingState(
        held.state(),
        held.layout(),
        IntStream.range(0, held.layout().cuts().size())
            .mapToObj(slice -> held.slice(slice).bytes())
            .toList());
  }
}
