package convoy.zoo.optimizer;

import convoy.zoo.engine.ParameterLayout;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Stochastic gradient descent with momentum and weight decay as AlexNet's paper writes it
 * (Krizhevsky et al. 2012, section 5): v = momentum * v - rate * (gradient + decay * w), w = w + v.
 * The learning rate stands inside v, as in Caffe; PyTorch keeps it outside, which differs only
 * while the rate changes. Linear in the gradient.
 */
final class Sgd implements Optimizer {
  private static final int CHUNK = 2048;

  private final OptimizerSpec spec;

  Sgd(OptimizerSpec spec) {
    this.spec = spec;
  }

  @Override
  public List<String> stateNames() {
    return List.of("momentum");
  }

  @Override
  public void update(
      ParameterLayout layout,
      FloatBuffer parameters,
      FloatBuffer gradient,
      FloatBuffer state,
      double learningRate) {
    float[] w = new float[CHUNK];
    float[] g = new float[CHUNK];
    float[] v = new float[CHUNK];
    float momentum = (float) spec.momentum();
    for (ParameterLayout.Tensor tensor : layout.tensors()) {
      boolean bias = tensor.bias();
      float rate = (float) (learningRate * (bias ? spec.biasLearningRateFactor() : 1));
      float decay = (float) (spec.weightDecay() * (bias ? spec.biasWeightDecayFactor() : 1));
      int end = tensor.offset() + tensor.size();
      for (int from = tensor.offset(); from < end; from += CHUNK) {
        int count = Math.min(CHUNK, end - from);
        parameters.get(from, w, 0, count);
        gradient.get(from, g, 0, count);
        state.get(from, v, 0, count);
        for (int i = 0; i < count; i++) {
          v[i] = momentum * v[i] - rate * (g[i] + decay * w[i]);
          w[i] += v[i];
        }

        parameters.put(from, w, 0, count);
        state.put(from, v, 0, count);
      }
    }
  }
}
