package convoy.zoo.optimizer;

import convoy.zoo.engine.OptimizerSpec;
import convoy.zoo.engine.ParameterLayout;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Stochastic gradient descent with momentum and weight decay as AlexNet's paper writes it
 * (Krizhevsky et al. 2012, section 5): v = momentum * v - rate * (gradient + decay * w), w = w + v.
 * The learning rate stands inside v, as in Caffe; PyTorch keeps it outside, which differs only
 * while the rate changes. Linear in the gradient.
 */
final class Sgd implements Optimizer {
  private static final int CHUNK = 512;

  private final OptimizerSpec spec;
  private final int threads;

  Sgd(OptimizerSpec spec, int threads) {
    this.spec = spec;
    this.threads = threads;
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
      FloatBuffer state,
      double learningRate) {
    IntStream parts = IntStream.range(0, threads);
    // Each value by itself: the parts don't change the floats.
    (threads == 1 ? parts : parts.parallel())
        .forEach(
            part -> {
              for (ParameterLayout.Tensor tensor : tensors) {
                int first = tensor.offset() + (int) ((long) tensor.size() * part / threads);
                int end = tensor.offset() + (int) ((long) tensor.size() * (part + 1) / threads);
                update(tensor.bias(), first, end, parameters, gradient, state, learningRate);
              }
            });
  }

  private void update(
      boolean bias,
      int first,
      int end,
      FloatBuffer parameters,
      FloatBuffer gradient,
      FloatBuffer state,
      double learningRate) {
    float momentum = (float) spec.momentum();
    float rate = (float) (learningRate * (bias ? spec.biasLearningRateFactor() : 1));
    float decay = (float) (spec.weightDecay() * (bias ? spec.biasWeightDecayFactor() : 1));
    float[] w = new float[CHUNK];
    float[] g = new float[CHUNK];
    float[] v = new float[CHUNK];
    for (int from = first; from < end; from += CHUNK) {
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
