package convoy.data.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by the cyclic Jacobi method (Golub and Van
 * Loan, Matrix Computations, 8.5). The order of rotations is fixed and IEEE 754 defines every
 * operation to the bit, so the same matrix gives the same numbers on every machine.
 *
 * @param values largest first
 * @param vectors rows of length 1; the component of largest size is positive
 */
record SymmetricEigen(List<Double> values, List<List<Double>> vectors) {
  private static final int SWEEPS = 50;

  static SymmetricEigen of(double[][] symmetric) {
    int n = symmetric.length;
    double[][] a = new double[n][];
    double[][] v = new double[n][n];
    for (int i = 0; i < n; i++) {
      a[i] = symmetric[i].clone();
      v[i][i] = 1;
    }

    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(a, v, p, q);
        }
      }
    }

    List<Integer> order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -a[i][i]))
            .toList();
    List<Double> values = new ArrayList<>();
    List<List<Double>> vectors = new ArrayList<>();
    for (int column : order) {
      // A covariance has no negative eigenvalues, but rounding can produce tiny ones.
      values.add(Math.max(0.0, a[column][column]));
      vectors.add(signed(v, column));
    }

    return new SymmetricEigen(values, vectors);
  }

  /** Rotates so that a[p][q] becomes zero. */
  private static void rotate(double[][] a, double[][] v, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }

    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    for (int k = 0; k < a.length; k++) {
      double kp = a[k][p];
      double kq = a[k][q];
      a[k][p] = c * kp - s * kq;
      a[k][q] = s * kp + c * kq;
    }

    for (int k = 0; k < a.length; k++) {
      double pk = a[p][k];
      double qk = a[q][k];
      a[p][k] = c * pk - s * qk;
      a[q][k] = s * pk + c * qk;
      double vp = v[k][p];
      double vq = v[k][q];
      v[k][p] = c * vp - s * vq;
      v[k][q] = s * vp + c * vq;
    }

    a[p][q] = 0;
    a[q][p] = 0;
  }

  private static List<Double> signed(double[][] v, int column) {
    int largest = 0;
    for (int k = 1; k < v.length; k++) {
      // Of components that differ by rounding only, the first one counts: gray has three equal
      // components.
      if (Math.abs(v[k][column]) > Math.abs(v[largest][column]) + 1e-9) {
        largest = k;
      }
    }

    List<Double> vector = new ArrayList<>();
    for (double[] row : v) {
      vector.add((v[largest][column] < 0 ? -row[column] : row[column]) + 0.0);
    }

    return vector;
  }
}
