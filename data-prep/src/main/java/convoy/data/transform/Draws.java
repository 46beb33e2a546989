package convoy.data.transform;

/**
 * The random numbers of one transform on one example: SplitMix64 (Steele, Lea and Flood, OOPSLA
 * 2014), written out here because the same seed must give the same pixels on every Java.
 */
public final class Draws {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  public Draws(long seed) {
    this.state = seed;
  }

  /** The draws of the n-th transform: one sequence each, so that none shifts another's. */
  static Draws of(long exampleSeed, int transform) {
    return new Draws(mix(exampleSeed + GOLDEN_GAMMA * (transform + 1L)));
  }

  /** One seed out of several numbers; their order matters. */
  public static long seed(long... parts) {
    long seed = 0;
    for (long part : parts) {
      seed = mix(seed + GOLDEN_GAMMA + mix(part));
    }

    return seed;
  }

  /** 64 random bits. */
  public long bits() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Uniform in 0 (inclusive) to {@code bound} (exclusive). */
  public int below(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound " + bound + " must be at least 1");
    }

    // The high half of a 32 by 32 bit product: its bias of bound / 2^32 is not seen.
    return (int) (((bits() >>> 32) * bound) >>> 32);
  }

  /** Uniform in 0 (inclusive) to 1 (exclusive), 53 bits. */
  public double unit() {
    return (bits() >>> 11) * 0x1p-53;
  }

  /** Uniform between two numbers. */
  public double between(double low, double high) {
    return low + (high - low) * unit();
  }

  /** True half of the time. */
  public boolean coin() {
    return bits() < 0;
  }

  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
