package convoy.zoo.optimizer;

import convoy.zoo.engine.ParameterLayout;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs a rule that treats each value by itself: chunk by chunk, so that the rule is a loop over
 * small arrays, and shared by threads, which does not change the floats.
 */
final class ElementwiseUpdate {
  private static final int CHUNK = 512;

  private ElementwiseUpdate() {}

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

  /**
   * Updates all tensors.
   *
   * @param biases the rule for biases, whose factors may differ
   */
  static void run(
      int threads,
      List<ParameterLayout.Tensor> tensors,
      FloatBuffer parameters,
      FloatBuffer gradient,
      List<FloatBuffer> state,
      Rule weights,
      Rule biases) {
    IntStream parts = IntStream.range(0, threads);
    (threads == 1 ? parts : parts.parallel())
        .forEach(
            part -> {
              for (ParameterLayout.Tensor tensor : tensors) {
                int first = tensor.offset() + (int) ((long) tensor.size() * part / threads);
                int end = tensor.offset() + (int) ((long) tensor.size() * (part + 1) / threads);
                run(tensor.bias() ? biases : weights, first, end, parameters, gradient, state);
              }
            });
  }

  private static void run(
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
