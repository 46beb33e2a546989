package convoy.zoo.optimizer;

import convoy.zoo.engine.OptimizerSpec;
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
      List<FloatBuffer> state,
      double learningRate,
      long iteration) {
    ElementwiseUpdate.run(
        threads,
        tensors,
        parameters,
        gradient,
        state,
        rule(learningRate, spec.weightDecay()),
        rule(
            learningRate * spec.biasLearningRateFactor(),
            spec.weightDecay() * spec.biasWeightDecayFactor()));
  }

  private ElementwiseUpdate.Rule rule(double learningRate, double weightDecay) {
    float momentum = (float) spec.momentum();
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
