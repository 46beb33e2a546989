package convoy.jobs.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The mean of a slice over the workers, weighted by examples. It adds in the order of the calls.
 * The mean of a single worker is that worker's slice, unchanged.
 */
final class WeightedMean {
  private static final int CHUNK = 2048;
  private static final int SIGN = 1 << 31;
  private static final int LOWEST_OF_EXPONENT = 1 << 23;

  private final List<byte[]> slices = new ArrayList<>();
  private final List<Long> weights = new ArrayList<>();

  /** Adds a worker's slice, which must not change until the mean is made. */
  void add(byte[] slice, long weight) {
    slices.add(slice);
    weights.add(weight);
  }

  boolean isEmpty() {
    return slices.isEmpty();
  }

  /** The mean, which for a single worker is its own slice. */
  byte[] mean() {
    if (slices.size() == 1) {
      return slices.get(0);
    }

    byte[] mean = new byte[slices.get(0).length];
    FloatBuffer into = Slice.floats(mean);
    List<FloatBuffer> from = slices.stream().map(Slice::floats).toList();
    long examples = weights.stream().mapToLong(Long::longValue).sum();
    float[] chunk = new float[CHUNK];
    double[] sum = new double[CHUNK];
    // All workers' floats of a chunk in turn, so that the sum stays in the processor's cache.
    for (int at = 0; at < into.capacity(); at += CHUNK) {
      int count = Math.min(CHUNK, into.capacity() - at);
      Arrays.fill(sum, 0);
      for (int worker = 0; worker < from.size(); worker++) {
        from.get(worker).get(at, chunk, 0, count);
        accumulate(chunk, weights.get(worker), sum);
      }

      for (int i = 0; i < count; i++) {
        chunk[i] = (float) (sum[i] / examples);
      }

      into.put(at, chunk, 0, count);
    }

    return mean;
  }

  private static void accumulate(float[] chunk, double weight, double[] sum) {
    for (int i = 0; i < CHUNK; i++) {
      sum[i] += weight * chunk[i];
    }
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
