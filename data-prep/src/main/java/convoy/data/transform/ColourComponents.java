package convoy.data.transform;

import java.util.List;

/**
 * Principal components of a dataset's colours, from the covariance of its pixels in 0..255.
 *
 * @param values variances along the vectors, in squared gray levels
 * @param vectors rows (red, green, blue) of length 1
 */
public record ColourComponents(List<Double> values, List<List<Double>> vectors) {
  /** The components when no dataset is known. Lighting changes nothing then. */
  public static final ColourComponents NONE =
      new ColourComponents(
          List.of(0.0, 0.0, 0.0),
          List.of(List.of(1.0, 0.0, 0.0), List.of(0.0, 1.0, 0.0), List.of(0.0, 0.0, 1.0)));

  public ColourComponents {
    values = List.copyOf(values);
    vectors = vectors.stream().map(List::copyOf).toList();
    if (values.size() != 3
        || vectors.size() != 3
        || vectors.stream().anyMatch(v -> v.size() != 3)) {
      throw new IllegalArgumentException(
          "principal components of colours are 3 values and 3 vectors of 3 numbers, not "
              + values
              + " and "
              + vectors);
    }
  }
}
