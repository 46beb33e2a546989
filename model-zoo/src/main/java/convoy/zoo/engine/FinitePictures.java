package convoy.zoo.engine;

import java.nio.FloatBuffer;

/**
 * Refuses pictures that contain a NaN or an infinite value. oneDNN's ReLU turns such a value into 0
 * and its max pooling ignores it, so the probabilities would look normal.
 */
public final class FinitePictures {
  private static final int CHUNK = 1024;

  private FinitePictures() {}

  /**
   * Checks the first {@code size} pictures of {@code length} floats each.
   *
   * @throws IllegalArgumentException naming the first picture with such a value
   */
  public static void require(FloatBuffer images, int size, int length) {
    float[] chunk = new float[CHUNK];
    float[] sums = new float[CHUNK];
    for (int from = 0; from < size * length; from += CHUNK) {
      int count = Math.min(CHUNK, size * length - from);
      images.get(from, chunk, 0, count);
      // Each place sums up to 0, or to NaN if it met NaN or infinity. The compiler turns this loop
      // into vector instructions.
      for (int i = 0; i < count; i++) {
        sums[i] += chunk[i] * 0f;
      }
    }

    for (float sum : sums) {
      if (Float.isNaN(sum)) {
        throw refusal(images, size * length, length);
      }
    }
  }

  private static IllegalArgumentException refusal(FloatBuffer images, int end, int length) {
    int at = 0;
    while (at < end && Float.isFinite(images.get(at))) {
      at++;
    }

    return new IllegalArgumentException(
        "picture %d of the minibatch has the value %s at place %d: pixels must be finite numbers; check the normalization's mean and deviation"
            .formatted(at / length, images.get(at), at % length));
  }
}
