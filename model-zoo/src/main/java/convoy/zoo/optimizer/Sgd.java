package convoy.zoo.optimizer;

import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import convoy.zoo.engine.OptimizerSpec;
import convoy.zoo.engine.ParameterLayout;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/**
 * Stochastic gradient descent with momentum and weight decay as AlexNet's paper writes it
 * (Krizhevsky et al. 2012, section 5): v = momentum * v - rate * (gradient + decay * w), w = w + v.
 * The learning rate stands inside v, as in Caffe; PyTorch keeps it outside, which differs only
 * while the rate changes. Linear in the gradient.
 */
public final class Sgd implements Optimizer {
  public static final Key<Double> MOMENTUM =
      Key.of("momentum", Kinds.real(0, 0.9999), 0.9, "Part of the last step that is kept.");
  static final Keys KEYS =
      Keys.of(
          MOMENTUM,
          CommonKeys.WEIGHT_DECAY,
          CommonKeys.BIAS_LEARNING_RATE_FACTOR,
          CommonKeys.BIAS_WEIGHT_DECAY_FACTOR);

  private final OptimizerSpec spec;
  private final int threads;

  Sgd(OptimizerSpec spec, int threads) {
    this.spec = spec;
    this.threads = threads;
  }

  /** This rule with these values. */
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
  public void update(
      List<ParameterLayout.Tensor> tensors,
      FloatBuffer parameters,
      FloatBuffer gradient,
      List<FloatBuffer> state,
      double learningRate,
      long iteration) {
    ElementwiseUpdate.run(
        threads,
        tensors,
        parameters,
        gradient,
        state,
        rule(learningRate, spec.get(CommonKeys.WEIGHT_DECAY)),
        rule(
            learningRate * spec.get(CommonKeys.BIAS_LEARNING_RATE_FACTOR),
            spec.get(CommonKeys.WEIGHT_DECAY) * spec.get(CommonKeys.BIAS_WEIGHT_DECAY_FACTOR)));
  }

  private ElementwiseUpdate.Rule rule(double learningRate, double weightDecay) {
    float momentum = spec.get(MOMENTUM).floatValue();
    float rate = (float) learningRate;
    float decay = (float) weightDecay;
    return (w, g, state, count) -> {
      float[] v = state[0];
      for (int i = 0; i < count; i++) {
        v[i] = momentum * v[i] - rate * (g[i] + decay * w[i]);
        w[i] += v[i];
      }
    };
  }
}
