package convoy.data.transform;

import convoy.data.order.SplitMix64;

/** The random numbers of one transform on one example, or of one drawn picture. */
public final class Draws {
  private final SplitMix64 random;

  public Draws(long seed) {
    this.random = new SplitMix64(seed);
  }

  /** The draws of the n-th transform: one sequence each, so that none shifts another's. */
  public static Draws of(long exampleSeed, int transform) {
    return new Draws(seed(exampleSeed, transform));
  }

  /** One seed out of several numbers; their order matters. */
  public static long seed(long first, long... others) {
    long seed = new SplitMix64(first).nextLong();
    for (long other : others) {
      seed = new SplitMix64(seed ^ other).nextLong();
    }

    return seed;
  }

  /** Uniform in 0 (inclusive) to {@code bound} (exclusive). */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** Uniform in 0 (inclusive) to 1 (exclusive), 53 bits. */
  public double unit() {
    return (random.nextLong() >>> 11) * 0x1p-53;
  }

  /** Uniform between two numbers. */
  public double between(double low, double high) {
    return low + (high - low) * unit();
  }

  /**
   * From the normal distribution of mean 0 and deviation 1 (Box and Muller 1958); StrictMath has
   * the same bits on every machine.
   */
  public double gaussian() {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - unit()));
    return radius * StrictMath.cos(2 * Math.PI * unit());
  }

  /** True half of the time. */
  public boolean coin() {
    return random.nextLong() < 0;
  }
}
