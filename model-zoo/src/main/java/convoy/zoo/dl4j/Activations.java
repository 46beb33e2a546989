package convoy.zoo.dl4j;

import convoy.zoo.graph.Activation;
import java.nio.FloatBuffer;

/** Activations in place, forward from the sum and backward from the result. */
final class Activations {
  /** A tanh(S x): LeCun et al. 1998, appendix A. */
  private static final float A = 1.7159f;

  private static final float S = 2f / 3f;

  private Activations() {}

  static void forward(Activation activation, FloatBuffer values, int length) {
    if (activation == Activation.NONE) {
      return;
    }

    float[] chunk = new float[Floats.CHUNK];
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

  /** Turns the gradient of the result into the gradient of the sum. */
  static void backward(
      Activation activation, FloatBuffer results, FloatBuffer gradient, int length) {
    if (activation == Activation.NONE) {
      return;
    }

    float[] result = new float[Floats.CHUNK];
    float[] chunk = new float[Floats.CHUNK];
    for (int from = 0; from < length; from += chunk.length) {
      int count = Math.min(chunk.length, length - from);
      results.get(from, result, 0, count);
      gradient.get(from, chunk, 0, count);
      if (activation == Activation.RELU) {
        reluSlope(result, chunk, count);
      } else {
        scaledTanhSlope(result, chunk, count);
      }

      gradient.put(from, chunk, 0, count);
    }
  }

  // A value that is not a number passes, so that the guard sees it.
  private static void relu(float[] chunk, int count) {
    for (int i = 0; i < count; i++) {
      chunk[i] = Math.max(chunk[i], 0f);
    }
  }

  private static void reluSlope(float[] result, float[] chunk, int count) {
    for (int i = 0; i < count; i++) {
      chunk[i] = result[i] > 0 ? chunk[i] : 0f;
    }
  }

  private static void scaledTanh(float[] chunk, int count) {
    for (int i = 0; i < count; i++) {
      chunk[i] = A * (float) StrictMath.tanh(S * chunk[i]);
    }
  }

  // d/dx A tanh(S x) = S (A - y^2 / A)
  private static void scaledTanhSlope(float[] result, float[] chunk, int count) {
    for (int i = 0; i < count; i++) {
      chunk[i] *= S * (A - result[i] * result[i] / A);
    }
  }
}
