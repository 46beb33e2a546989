package convoy.zoo.engine;

import java.nio.FloatBuffer;

/**
 * Refuses pictures with values that are no finite numbers. oneDNN's ReLU makes 0 of such a value
 * and its max pooling passes it over, so that probabilities would look sound.
 */
public final class FinitePictures {
  private static final int CHUNK = 1024;

  private FinitePictures() {}

  /**
   * Looks at the first {@code size} pictures of {@code length} floats.
   *
   * @throws IllegalArgumentException naming the first picture that has one
   */
  public static void require(FloatBuffer images, int size, int length) {
    float[] chunk = new float[CHUNK];
    float[] sums = new float[CHUNK];
    for (int from = 0; from < size * length; from += CHUNK) {
      int count = Math.min(CHUNK, size * length - from);
      images.get(from, chunk, 0, count);
      // Place by place, which is compiled to vectors: 0, or NaN for NaN and infinity.
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
        "picture %d of the minibatch has the value %s at place %d: pixels must be finite numbers, look at the normalization's mean and deviation"
            .formatted(at / length, images.get(at), at % length));
  }
}
