package convoy.jobs.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * The mean of a slice over the workers, weighted by examples. It adds in the order of the calls.
 * The mean of a single worker is that worker's slice, unchanged.
 */
final class WeightedMean {
  private static final int CHUNK = 2048;
  private static final int SIGN = 1 << 31;
  private static final int LOWEST_OF_EXPONENT = 1 << 23;

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

  boolean isEmpty() {
    return only == null && sum == null;
  }

  private void accumulate(byte[] slice, long weight) {
    FloatBuffer floats = Slice.floats(slice);
    float[] chunk = new float[CHUNK];
    for (int from = 0; from < sum.length; from += CHUNK) {
      int count = Math.min(CHUNK, sum.length - from);
      floats.get(from, chunk, 0, count);
      for (int i = 0; i < count; i++) {
        sum[from + i] += (double) weight * chunk[i];
      }
    }
  }

  /** The mean, which for a single worker is its own slice. */
  byte[] mean() {
    if (only != null) {
      return only;
    }

    byte[] slice = new byte[sum.length * Float.BYTES];
    FloatBuffer floats = Slice.floats(slice);
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
    IntBuffer bits = ByteBuffer.wrap(slice).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    int[] chunk = new int[CHUNK];
    int[] seen = new int[CHUNK];
    for (int from = 0; from < bits.capacity(); from += CHUNK) {
      int count = Math.min(CHUNK, bits.capacity() - from);
      bits.get(from, chunk, 0, count);
      for (int i = 0; i < count; i++) {
        // An exponent of all ones overflows into the sign. Without a sum the loop is vectorised.
        seen[i] |= (chunk[i] & ~SIGN) + LOWEST_OF_EXPONENT;
      }
    }

    return Arrays.stream(seen).allMatch(places -> places >= 0);
  }
}
