package convoy.zoo.optimizer;

import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import convoy.zoo.engine.OptimizerSpec;
import java.util.List;
import java.util.Map;

/**
 * Stochastic gradient descent with momentum and weight decay as in AlexNet's paper (Krizhevsky et
 * al. 2012, section 5): v = momentum * v - rate * (gradient + decay * w), w = w + v. The learning
 * rate is a factor inside v, as in Caffe. PyTorch keeps it outside, which only makes a difference
 * while the rate changes. The rule is linear in the gradient.
 */
public final class Sgd extends ElementwiseOptimizer {
  public static final Key<Double> MOMENTUM =
      Key.of("momentum", Kinds.real(0, 0.9999), 0.9, "Part of the last step that is kept.");
  static final Keys KEYS = CommonKeys.after(MOMENTUM);

  private final float momentum;

  Sgd(OptimizerSpec spec, int threads) {
    super(spec, threads);
    this.momentum = spec.get(MOMENTUM).floatValue();
  }

  public static OptimizerSpec spec(
      double momentum,
      double weightDecay,
      double biasLearningRateFactor,
      double biasWeightDecayFactor) {
    return new OptimizerSpec(
        "sgd",
        KEYS.settings(
            Map.of(
                MOMENTUM.name(), momentum,
                CommonKeys.WEIGHT_DECAY.name(), weightDecay,
                CommonKeys.BIAS_LEARNING_RATE_FACTOR.name(), biasLearningRateFactor,
                CommonKeys.BIAS_WEIGHT_DECAY_FACTOR.name(), biasWeightDecayFactor)));
  }

  @Override
  public List<String> stateNames() {
    return List.of("momentum");
  }

  @Override
  Rule rule(double learningRate, double weightDecay, long iteration) {
    float kept = momentum;
    float rate = (float) learningRate;
    float decay = (float) weightDecay;
    return (w, g, state, count) -> {
      float[] v = state[0];
      for (int i = 0; i < count; i++) {
        v[i] = kept * v[i] - rate * (g[i] + decay * w[i]);
        w[i] += v[i];
      }
    };
  }
}
