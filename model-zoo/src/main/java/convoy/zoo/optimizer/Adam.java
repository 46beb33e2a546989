package convoy.zoo.optimizer;

import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import convoy.zoo.engine.OptimizerSpec;
import java.util.List;

/**
 * Adam (Kingma and Ba 2015, algorithm 1). m and v are running means of the gradient and of its
 * square. They are corrected for their start at 0 by the number of updates t, and w = w - rate * m
 * / (sqrt(v) + epsilon). Weight decay is part of the gradient, as in {@link Sgd} and PyTorch's
 * Adam; it is not decoupled as in AdamW (Loshchilov and Hutter 2019).
 */
final class Adam extends ElementwiseOptimizer {
  private static final Key<Double> BETA1 =
      Key.of("beta1", Kinds.real(0, 0.9999), 0.9, "Part of the gradient's running mean kept.");
  private static final Key<Double> BETA2 =
      Key.of("beta2", Kinds.real(0, 0.999999), 0.999, "Part of the squared gradient's mean kept.");
  private static final Key<Double> EPSILON =
      Key.of("epsilon", Kinds.positive(1), 1e-8, "Keeps the divisor above 0.");
  static final Keys KEYS = CommonKeys.after(BETA1, BETA2, EPSILON);

  private final double beta1;
  private final double beta2;
  private final float epsilon;

  Adam(OptimizerSpec spec, int threads) {
    super(spec, threads);
    this.beta1 = spec.get(BETA1);
    this.beta2 = spec.get(BETA2);
    // A smaller number would be 0 as a float, and 0 / 0 where a gradient was always 0.
    this.epsilon = Math.max(spec.get(EPSILON).floatValue(), Float.MIN_NORMAL);
  }

  @Override
  public List<String> stateNames() {
    return List.of("firstMoment", "secondMoment");
  }

  @Override
  Rule rule(double learningRate, double weightDecay, long iteration) {
    double updates = (double) (iteration + 1);
    // The corrections are computed outside the loop, as in the paper's section 2.
    float rate = (float) (learningRate / (1 - Math.pow(beta1, updates)));
    float correction = (float) (1 / Math.sqrt(1 - Math.pow(beta2, updates)));
    float decay = (float) weightDecay;
    float kept1 = (float) beta1;
    float new1 = (float) (1 - beta1);
    float kept2 = (float) beta2;
    float new2 = (float) (1 - beta2);
    float added = epsilon;
    return (w, g, state, count) -> {
      float[] m = state[0];
      float[] v = state[1];
      for (int i = 0; i < count; i++) {
        float slope = g[i] + decay * w[i];
        m[i] = kept1 * m[i] + new1 * slope;
        v[i] = kept2 * v[i] + new2 * slope * slope;
        w[i] -= rate * m[i] / ((float) Math.sqrt(v[i]) * correction + added);
      }
    };
  }
}
