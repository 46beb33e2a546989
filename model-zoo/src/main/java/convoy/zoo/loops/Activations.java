package convoy.zoo.loops;

import convoy.zoo.graph.Activation;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/** Applies activations in place: forward to the sum, and backward from the result. */
public final class Activations {
  /**
   * The number of values that a loop handles at a time, so that they fit into the first-level
   * cache.
   */
  private static final int CHUNK = 1024;

  /** The factor in A tanh(S x) (LeCun et al. 1998, appendix A). */
  private static final float A = 1.7159f;

  private static final float S = 2f / 3f;

  private Activations() {}

  public static void forward(Activation activation, FloatBuffer values, int length) {
    if (activation == Activation.NONE) {
      return;
    }

    float[] chunk = new float[CHUNK];
    for (int from = 0; from < length; from += chunk.length) {
      int count = Math.min(chunk.length, length - from);
      values.get(from, chunk, 0, count);
      if (activation == Activation.RELU) {
        relu(chunk, count);
      } else {
        scaledTanh(chunk, count);
      }

      values.put(from, chunk, 0, count);
    }
  }

  /**
   * Turns the gradient of a layer's result into the gradient of its sum, for {@code length} values.
   */
  public static void backward(Activation activation, PlainTensor output, int length) {
    if (activation == Activation.RELU) {
      reluSlope(output.valueBits(), output.gradientBits(), length);
    } else if (activation == Activation.SCALED_TANH) {
      scaledTanhSlope(output.values(), output.gradient(), length);
    }
  }

  // NaN stays NaN, so that the check for finite values sees it.
  private static void relu(float[] chunk, int count) {
    for (int i = 0; i < count; i++) {
      chunk[i] = Math.max(chunk[i], 0f);
    }
  }

  // This works on bits, because a branch on the sign of a value would be mispredicted half of the
  // time. A ReLU's result is never negative: 0 has the bits 0, and all larger results have bits
  // that are a positive integer.
  private static void reluSlope(IntBuffer results, IntBuffer gradient, int length) {
    int[] result = new int[CHUNK];
    int[] chunk = new int[CHUNK];
    for (int from = 0; from < length; from += chunk.length) {
      int count = Math.min(chunk.length, length - from);
      results.get(from, result, 0, count);
      gradient.get(from, chunk, 0, count);
      for (int i = 0; i < count; i++) {
        chunk[i] &= -result[i] >> 31;
      }

      gradient.put(from, chunk, 0, count);
    }
  }

  private static void scaledTanh(float[] chunk, int count) {
    for (int i = 0; i < count; i++) {
      chunk[i] = A * (float) StrictMath.tanh(S * chunk[i]);
    }
  }

  // d/dx A tanh(S x) = S (A - y^2 / A)
  private static void scaledTanhSlope(FloatBuffer results, FloatBuffer gradient, int length) {
    float[] result = new float[CHUNK];
    float[] chunk = new float[CHUNK];
    for (int from = 0; from < length; from += chunk.length) {
      int count = Math.min(chunk.length, length - from);
      results.get(from, result, 0, count);
      gradient.get(from, chunk, 0, count);
      for (int i = 0; i < count; i++) {
        chunk[i] *= S * (A - result[i] * result[i] / A);
      }

      gradient.put(from, chunk, 0, count);
    }
  }
}
