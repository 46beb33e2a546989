package convoy.jobs.train.sync;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The mean of a slice over the workers, weighted by examples, added up in the order of the calls.
 * One worker alone is given back as it came.
 */
final class WeightedMean {
  private static final int CHUNK = 2048;

  private byte[] only;
  private double[] sum;
  private long examples;

  /** Adds a worker's slice. */
  void add(byte[] slice, long weight) {
    examples += weight;
    if (only == null && sum == null) {
      only = slice;
      return;
    }

    if (sum == null) {
      sum = new double[slice.length / Float.BYTES];
      accumulate(only, examples - weight);
      only = null;
    }

    accumulate(slice, weight);
  }

  private void accumulate(byte[] slice, long weight) {
    FloatBuffer floats = TrainingState.floats(slice);
    float[] chunk = new float[CHUNK];
    for (int from = 0; from < sum.length; from += CHUNK) {
      int count = Math.min(CHUNK, sum.length - from);
      floats.get(from, chunk, 0, count);
      for (int i = 0; i < count; i++) {
        sum[from + i] += (double) weight * chunk[i];
      }
    }
  }

  /** The mean as a new slice. */
  byte[] mean() {
    if (only != null) {
      return Arrays.copyOf(only, only.length);
    }

    byte[] slice = new byte[sum.length * Float.BYTES];
    FloatBuffer floats = TrainingState.floats(slice);
    float[] chunk = new float[CHUNK];
    for (int from = 0; from < sum.length; from += CHUNK) {
      int count = Math.min(CHUNK, sum.length - from);
      for (int i = 0; i < count; i++) {
        chunk[i] = (float) (sum[from + i] / examples);
      }

      floats.put(from, chunk, 0, count);
    }

    return slice;
  }

  /** Whether every value of a slice is a finite number. */
  static boolean finite(byte[] slice) {
    FloatBuffer floats = TrainingState.floats(slice);
    float[] chunk = new float[CHUNK];
    int length = slice.length / Float.BYTES;
    for (int from = 0; from < length; from += CHUNK) {
      int count = Math.min(CHUNK, length - from);
      floats.get(from, chunk, 0, count);
      float largest = 0;
      for (int i = 0; i < count; i++) {
        largest = Math.max(largest, Math.abs(chunk[i])); // NaN wins
      }

      if (!Float.isFinite(largest)) {
        return false;
      }
    }

    return true;
  }
}
