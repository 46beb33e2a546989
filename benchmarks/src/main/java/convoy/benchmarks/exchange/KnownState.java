package convoy.benchmarks.exchange;

import convoy.jobs.exchange.Slice;
import convoy.jobs.exchange.StateLayout;
import convoy.jobs.exchange.TrainingState;
import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A state whose values are known at the start and after any number of rounds, so that a wrong mean
 * or a slice in a wrong place is noticed. All numbers are small multiples of a power of two, whose
 * sums and means are exact.
 */
record KnownState(StateLayout layout) implements Serializable {
  private static final int PERIOD = 1 << 10;
  private static final float STEP = 1f / (1 << 6);

  /** A prime, so that slices that are mixed up are noticed. */
  private static final int FACTORS = 1009;

  /** The value of a float of a slice before the first round. */
  private static float start(int vector, int within) {
    return within % PERIOD + vector;
  }

  /** What a worker adds in a round to the float with this index, which a stub changes. */
  static float change(int worker, int index) {
    return (worker + 1) * factor(index) * STEP;
  }

  private static int factor(int index) {
    return 1 + index / StubNetwork.STRIDE % FACTORS;
  }

  /** The state before the first round. Slices with the same values are the same array. */
  TrainingState start() {
    Map<List<Integer>, byte[]> made = new HashMap<>();
    List<byte[]> slices = new ArrayList<>();
    for (StateLayout.Cut cut : layout.cuts()) {
      int vector = vector(cut);
      slices.add(
          made.computeIfAbsent(
              List.of(vector, cut.length()),
              key -> {
                Slice slice = Slice.zeros(cut.length());
                FloatBuffer floats = slice.floats();
                for (int i = 0; i < cut.length(); i++) {
                  floats.put(i, start(vector, i));
                }

                return slice.bytes();
              }));
    }

    return new TrainingState(layout, slices);
  }

  /** Counts the floats of a slice that are not what so many rounds of so many workers make. */
  long wrong(StateLayout.Cut cut, FloatBuffer values, int rounds, int workers) {
    int vector = vector(cut);
    float change = rounds * (workers + 1) * STEP / 2; // The mean of 1, 2, ... workers.
    long wrong = 0;
    for (int i = 0; i < cut.length(); i++) {
      int index = cut.offset() + i;
      float expected = start(vector, i);
      if (index % StubNetwork.STRIDE == 0) {
        expected += change * factor(index);
      }

      if (values.get(i) != expected) {
        wrong++;
      }
    }

    return wrong;
  }

  private int vector(StateLayout.Cut cut) {
    return layout.besidesParameters().indexOf(cut.vector()) + 1;
  }
}
