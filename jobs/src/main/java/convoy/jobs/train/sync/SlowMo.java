package convoy.jobs.train.sync;

import convoy.jobs.exchange.Slice;
import convoy.jobs.exchange.SliceRule.Next;
import convoy.jobs.exchange.SliceRule.Place;
import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import convoy.options.Settings;
import java.util.List;
import java.util.Map;

/**
 * Slow momentum: the step from a round's start to the mean is a gradient for an outer momentum
 * (Wang et al. 2020, SlowMo, algorithm 1). With {@code slowNesterov} the outer step is DiLoCo's
 * (Douillard et al. 2023, algorithm 1, outer optimizer), whose momentum counts in parameters
 * instead of gradients and so doesn't follow the learning rate.
 */
public record SlowMo(double momentum, double rate, boolean nesterov) implements SyncRule {
  static final String VECTOR = "slowMomentum";
  static final Key<Double> MOMENTUM =
      Key.of("slowMomentum", Kinds.real(0, 0.999), 0.7, "The momentum of the steps of rounds.");
  static final Key<Double> RATE =
      Key.of("slowLearningRate", Kinds.positive(10), 1.0, "The learning rate of those steps.");
  static final Key<Boolean> NESTEROV =
      Key.of(
          "slowNesterov",
          Kinds.flag(),
          false,
          "Whether those steps are DiLoCo's: Nesterov's, in units of parameters.");

  @Override
  public String name() {
    return "slowmo";
  }

  @Override
  public Keys keys() {
    return Keys.of(MOMENTUM, RATE, NESTEROV);
  }

  @Override
  public SyncRule with(TrainingJob job) {
    Settings sync = job.recipe().sync();
    return new SlowMo(sync.get(MOMENTUM), sync.get(RATE), sync.get(NESTEROV));
  }

  @Override
  public List<String> ownVectors() {
    return List.of(VECTOR);
  }

  @Override
  public Next parameters(Round round, Place place, Slice mean) {
    // The unit of the momentum: SlowMo's gradients are steps divided by the round's learning rate.
    // A round whose rates are 0 makes no step.
    double unit = nesterov ? 1 : meanRate(round);
    float[] before = place.before().toArray();
    float[] after = mean.toArray();
    float[] kept = place.own(VECTOR).toArray();
    for (int i = 0; i < after.length; i++) {
      double gradient = unit == 0 ? 0 : ((double) before[i] - after[i]) / unit;
      double next = momentum * kept[i] + gradient;
      double step = nesterov ? gradient + momentum * next : next;
      kept[i] = (float) next;
      after[i] = (float) (before[i] - rate * unit * step);
    }

    return new Next(Slice.of(after), Map.of(VECTOR, Slice.of(kept)));
  }

  private static double meanRate(Round round) {
    double sum = 0;
    for (double rate : round.learningRates()) { // DoubleStream.sum would add in a different way.
      sum += rate;
    }

    return sum / round.minibatches();
  }
}
