package convoy.zoo.optimizer;

import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import java.util.ArrayList;
import java.util.List;

/** The keys that every update rule has. */
public final class CommonKeys {
  public static final Key<Double> WEIGHT_DECAY =
      Key.of("weightDecay", Kinds.real(0, 1), 0.0005, "Pulls weights towards 0 in each update.");
  public static final Key<Double> BIAS_LEARNING_RATE_FACTOR =
      Key.of(
          "biasLearningRateFactor",
          Kinds.real(0, 1000),
          2.0,
          "Multiplies the learning rate of biases.");
  public static final Key<Double> BIAS_WEIGHT_DECAY_FACTOR =
      Key.of(
          "biasWeightDecayFactor",
          Kinds.real(0, 1000),
          0.0,
          "Multiplies the weight decay of biases.");

  private CommonKeys() {}

  /** Returns a rule's own keys, followed by those that every rule has. */
  static Keys after(Key<?>... own) {
    List<Key<?>> keys = new ArrayList<>(List.of(own));
    keys.addAll(List.of(WEIGHT_DECAY, BIAS_LEARNING_RATE_FACTOR, BIAS_WEIGHT_DECAY_FACTOR));
    return Keys.of(keys.toArray(Key<?>[]::new));
  }
}
