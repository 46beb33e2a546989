package convoy.zoo.optimizer;

import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import convoy.zoo.engine.OptimizerSpec;
import java.util.List;

/**
 * Nesterov's accelerated gradient (Sutskever et al. 2013, section 2) in the form of Bengio et al.
 * 2012 (section 3), where the stored parameters are those that the momentum will have reached: v =
 * momentum * v - rate * (gradient + decay * w), w = w + momentum * v - rate * (gradient + decay *
 * w). The learning rate is a factor inside v, as in {@link Sgd}. While it stays the same, PyTorch's
 * form gives the same weights. The rule is linear in the gradient.
 */
final class Nesterov extends ElementwiseOptimizer {
  private static final Key<Double> MOMENTUM =
      Key.of("momentum", Kinds.real(0, 0.9999), 0.9, "Part of the last step that is kept.");
  static final Keys KEYS = CommonKeys.after(MOMENTUM);

  private final float momentum;

  Nesterov(OptimizerSpec spec, int threads) {
    super(spec, threads);
    this.momentum = spec.get(MOMENTUM).floatValue();
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
        float step = rate * (g[i] + decay * w[i]);
        v[i] = kept * v[i] - step;
        w[i] += kept * v[i] - step;
      }
    };
  }
}
