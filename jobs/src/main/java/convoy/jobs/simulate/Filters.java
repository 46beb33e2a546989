package convoy.jobs.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The weights of a convolution, {@code [filters][channels * size * size]}, with a bias for each
 * filter.
 *
 * @param channels number of input channels that each filter sees
 */
public record Filters(int channels, int size, List<float[]> weights, List<Float> biases) {
  private static final Map<String, String> NAMED = new LinkedHashMap<>();

  static {
    NAMED.put("identity", "0 0 0; 0 1 0; 0 0 0");
    NAMED.put("sobel-x", "-1 0 1; -2 0 2; -1 0 1");
    NAMED.put("sobel-y", "-1 -2 -1; 0 0 0; 1 2 1");
    NAMED.put("laplace", "0 1 0; 1 -4 1; 0 1 0");
    NAMED.put("sharpen", "0 -1 0; -1 5 -1; 0 -1 0");
    NAMED.put("blur", "0.0625 0.125 0.0625; 0.125 0.25 0.125; 0.0625 0.125 0.0625");
    NAMED.put("emboss", "-2 -1 0; -1 1 1; 0 1 2");
  }

  /** The names of the known kernels. */
  public static List<String> names() {
    return List.copyOf(NAMED.keySet());
  }

  /**
   * Makes a kernel for a single plane.
   *
   * @param text a name, or rows of numbers such as {@code 1 0 -1; 2 0 -2; 1 0 -1}
   * @throws IllegalArgumentException if it is neither; the message lists the known names
   */
  public static Filters kernel(String text) {
    String[] rows = NAMED.getOrDefault(text, text).strip().split("\\s*;\\s*", -1);
    float[] weights = new float[rows.length * rows.length];
    for (int y = 0; y < rows.length; y++) {
      String[] numbers = rows[y].split("[\\s,]+", -1);
      if (numbers.length != rows.length) {
        throw wrong(text, "row " + (y + 1) + " has " + numbers.length + " of " + rows.length);
      }

      for (int x = 0; x < rows.length; x++) {
        try {
          weights[y * rows.length + x] = Float.parseFloat(numbers[x]);
        } catch (NumberFormatException word) {
          throw wrong(text, "'" + numbers[x] + "' is not a number");
        }

        if (!Float.isFinite(weights[y * rows.length + x])) {
          throw wrong(text, "'" + numbers[x] + "' is no finite number");
        }
      }
    }

    return new Filters(1, rows.length, List.of(weights), List.of(0f));
  }

  private static IllegalArgumentException wrong(String text, String why) {
    return new IllegalArgumentException(
        "--kernel '%s': %s; give one of %s, or a square of numbers such as '1 0 -1; 2 0 -2; 1 0 -1'"
            .formatted(text, why, String.join(", ", NAMED.keySet())));
  }

  /** Makes random filters as He et al. 2015 initialize a layer, with biases 0. */
  public static Filters random(int filters, int channels, int size, long seed) {
    Random random = new Random(seed);
    double deviation = Math.sqrt(2.0 / (channels * size * size));
    List<float[]> weights = new ArrayList<>();
    for (int filter = 0; filter < filters; filter++) {
      float[] drawn = new float[channels * size * size];
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = (float) (deviation * random.nextGaussian());
      }

      weights.add(drawn);
    }

    return new Filters(channels, size, weights, Collections.nCopies(filters, 0f));
  }

  public int count() {
    return weights.size();
  }

  /** The weights of a filter, as values to draw. */
  public Planes planes(int filter) {
    return new Planes(
        channels, size, size, Arrays.copyOf(weights.get(filter), channels * size * size));
  }
}
