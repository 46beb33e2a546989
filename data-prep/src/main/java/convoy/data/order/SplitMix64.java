package convoy.data.order;

/**
 * The only random generator of orders: SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom
 * Number Generators, OOPSLA 2014). It is implemented here so that no Java version can change an
 * order.
 */
public final class SplitMix64 {
  static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private long state;

  public SplitMix64(long seed) {
    this.state = seed;
  }

  /** Returns the next 64 bits. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Returns what a generator of this seed gives after {@code index} other numbers. */
  public static long at(long seed, long index) {
    return mix(seed + (index + 1) * GOLDEN_GAMMA);
  }

  /** Returns a uniform number from 0 (inclusive) to {@code bound} (exclusive), without bias. */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound " + bound + " must be positive");
    }

    // These are the top 31 bits. Draws from the incomplete last block are thrown away.
    int bits = (int) (nextLong() >>> 33);
    int value = bits % bound;
    while (bits - value + (bound - 1) < 0) {
      bits = (int) (nextLong() >>> 33);
      value = bits % bound;
    }

    return value;
  }

  /** Shuffles by Fisher-Yates: every order of {@code values} is equally likely. */
  public void shuffle(int[] values) {
    for (int last = values.length - 1; last > 0; last--) {
      int other = nextInt(last + 1);
      int value = values[last];
      values[last] = values[other];
      values[other] = value;
    }
  }

  /** Returns 0, 1, ... size - 1 in the order that {@code seed} decides. */
  static int[] permutation(int size, long seed) {
    int[] values = new int[size];
    for (int i = 0; i < size; i++) {
      values[i] = i;
    }

    new SplitMix64(seed).shuffle(values);
    return values;
  }

  /** Mixes 64 bits one-to-one, so that each input bit changes about half of the output bits. */
  static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
