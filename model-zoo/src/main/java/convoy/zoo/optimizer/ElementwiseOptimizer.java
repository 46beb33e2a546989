package convoy.zoo.optimizer;

import convoy.zoo.engine.OptimizerSpec;
import convoy.zoo.engine.ParameterLayout;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An update rule that treats each value independently. It works in chunks, so that the rule is a
 * loop over small arrays. Several threads share the chunks, which does not change the floats.
 */
abstract class ElementwiseOptimizer implements Optimizer {
  private static final int CHUNK = 512;

  private final OptimizerSpec spec;
  private final int threads;

  /**
   * @param spec with {@link CommonKeys}
   */
  ElementwiseOptimizer(OptimizerSpec spec, int threads) {
    this.spec = spec;
    this.threads = threads;
  }

  /** The rule for some values at a time. */
  @FunctionalInterface
  interface Rule {
    /**
     * Changes the first {@code count} parameters and state values in place.
     *
     * @param state one array for each state vector
     */
    void apply(float[] parameters, float[] gradient, float[][] state, int count);
  }

  /** Returns the rule of one update, for values with the same learning rate and weight decay. */
  abstract Rule rule(double learningRate, double weightDecay, long iteration);

  @Override
  public final void update(
      List<ParameterLayout.Tensor> tensors,
      FloatBuffer parameters,
      FloatBuffer gradient,
      List<FloatBuffer> state,
      double learningRate,
      long iteration) {
    double decay = spec.get(CommonKeys.WEIGHT_DECAY);
    Rule weights = rule(learningRate, decay, iteration);
    Rule biases =
        rule(
            learningRate * spec.get(CommonKeys.BIAS_LEARNING_RATE_FACTOR),
            decay * spec.get(CommonKeys.BIAS_WEIGHT_DECAY_FACTOR),
            iteration);
    IntStream parts = IntStream.range(0, threads);
    (threads == 1 ? parts : parts.parallel())
        .forEach(
            part -> {
              for (ParameterLayout.Tensor tensor : tensors) {
                int first = tensor.offset() + (int) ((long) tensor.size() * part / threads);
                int end = tensor.offset() + (int) ((long) tensor.size() * (part + 1) / threads);
                Rule rule = tensor.bias() ? biases : weights;
                update(rule, first, end, parameters, gradient, state);
              }
            });
  }

  private static void update(
      Rule rule,
      int first,
      int end,
      FloatBuffer parameters,
      FloatBuffer gradient,
      List<FloatBuffer> state) {
    float[] w = new float[CHUNK];
    float[] g = new float[CHUNK];
    float[][] s = new float[state.size()][CHUNK];
    for (int from = first; from < end; from += CHUNK) {
      int count = Math.min(CHUNK, end - from);
      parameters.get(from, w, 0, count);
      gradient.get(from, g, 0, count);
      for (int vector = 0; vector < s.length; vector++) {
        state.get(vector).get(from, s[vector], 0, count);
      }

      rule.apply(w, g, s, count);
      parameters.put(from, w, 0, count);
      for (int vector = 0; vector < s.length; vector++) {
        state.get(vector).put(from, s[vector], 0, count);
      }
    }
  }
}
