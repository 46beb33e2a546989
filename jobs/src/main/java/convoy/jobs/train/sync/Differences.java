package convoy.jobs.train.sync;

import convoy.jobs.exchange.Slice;
import convoy.zoo.engine.FlatVector;
import java.nio.FloatBuffer;

/**
 * Differences to the state before a round, which travel in place of values where workers send
 * rounded numbers: they are small, and so are the errors of rounding them.
 */
final class Differences {
  private static final int CHUNK = 1 << 14;

  private Differences() {}

  /** A view of {@code now - before}. */
  static FlatVector of(FlatVector now, FlatVector before) {
    return new Difference(now, before);
  }

  private record Difference(FlatVector now, FlatVector before) implements FlatVector {
    @Override
    public int length() {
      return now.length();
    }

    @Override
    public void read(int offset, FloatBuffer into) {
      int start = into.position();
      int end = into.limit();
      now.read(offset, into);
      float[] values = new float[CHUNK];
      float[] old = new float[CHUNK];
      for (int at = start; at < end; at += CHUNK) {
        int count = Math.min(CHUNK, end - at);
        into.get(at, values, 0, count);
        before.read(offset + at - start, FloatBuffer.wrap(old, 0, count));
        for (int i = 0; i < count; i++) {
          values[i] -= old[i];
        }

        into.put(at, values, 0, count);
      }
    }

    @Override
    public void write(int offset, FloatBuffer from) {
      throw new UnsupportedOperationException("a difference is computed");
    }
  }

  /** Adds differences to the values before, from {@code from} to {@code to} of {@code into}. */
  static void addTo(Slice into, Slice before, int from, int to) {
    FloatBuffer sum = into.floats();
    FloatBuffer old = before.floats();
    for (int i = from; i < to; i++) {
      sum.put(i, old.get(i) + sum.get(i));
    }
  }
}
