package convoy.data.dataset;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Computes mean, deviation and principal components of pixels, exact up to the last rounding. */
public final class PixelStatistics {
  private PixelStatistics() {}

  /**
   * Computes the statistics of all pixels of the training split, in 0..255.
   *
   * @param gray whether every training example is gray
   */
  public static Manifest.Statistics of(PixelSums sums, boolean gray) {
    if (sums.pixels() == 0) {
      throw new IllegalArgumentException("no pixels to take statistics of");
    }

    List<Double> mean = new ArrayList<>();
    List<Double> std = new ArrayList<>();
    double[][] covariance = new double[3][3];
    for (int one = 0; one < 3; one++) {
      for (int other = 0; other < 3; other++) {
        covariance[one][other] = covariance(sums, one, other);
      }

      mean.add((double) sums.sum(one) / sums.pixels());
      std.add(Math.sqrt(covariance[one][one]));
    }

    SymmetricEigen eigen = SymmetricEigen.of(covariance);
    return new Manifest.Statistics(mean, std, eigen.values(), eigen.vectors(), gray);
  }

  /**
   * Computes the covariance over all pixels (divided by n): (n * sum of products - product of sums)
   * / n / n.
   */
  private static double covariance(PixelSums sums, int one, int other) {
    BigInteger n = BigInteger.valueOf(sums.pixels());
    BigInteger difference =
        n.multiply(BigInteger.valueOf(sums.product(one, other)))
            .subtract(
                BigInteger.valueOf(sums.sum(one)).multiply(BigInteger.valueOf(sums.sum(other))));
    return new BigDecimal(difference)
        .divide(new BigDecimal(n.multiply(n)), MathContext.DECIMAL64)
        .doubleValue();
  }
}
