package convoy.jobs.train.sync;

import convoy.jobs.exchange.Slice;
import convoy.jobs.exchange.SliceRule.Next;
import convoy.jobs.exchange.SliceRule.Place;
import java.util.Map;

/**
 * Parameter averaging (Moritz et al. 2016, SparkNet, section 2): each worker trains for tau
 * minibatches from the common state, and the next state is the mean of parameters and optimizer
 * state over the workers.
 */
public record Averaging() implements SyncRule {
  @Override
  public String name() {
    return "averaging";
  }

  @Override
  public Next parameters(Round round, Place place, Slice mean) {
    return new Next(mean, Map.of());
  }
}
