package convoy.data.transform;

import convoy.data.order.SplitMix64;

/** The random numbers of one transform on one example, or of one drawn picture. */
public final class Draws {
  private final SplitMix64 random;

  public Draws(long seed) {
    this.random = new SplitMix64(seed);
  }

  /**
   * Returns the draws of the n-th transform. Each transform has its own sequence, so the draws of
   * one don't shift another's.
   */
  public static Draws of(long exampleSeed, int transform) {
    return new Draws(seed(exampleSeed, transform));
  }

  /** Combines several numbers into one seed. Their order matters. */
  public static long seed(long first, long... others) {
    long seed = new SplitMix64(first).nextLong();
    for (long other : others) {
      seed = new SplitMix64(seed ^ other).nextLong();
    }

    return seed;
  }

  /** Draws a uniform number from 0 (inclusive) to {@code bound} (exclusive). */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** Draws a uniform number of 53 bits from 0 (inclusive) to 1 (exclusive). */
  public double unit() {
    return (random.nextLong() >>> 11) * 0x1p-53;
  }

  /** Draws a uniform number between two numbers. */
  public double between(double low, double high) {
    return low + (high - low) * unit();
  }

  /**
   * Draws from the normal distribution of mean 0 and deviation 1 (Box and Muller 1958). StrictMath
   * gives the same bits on every machine.
   */
  public double gaussian() {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - unit()));
    return radius * StrictMath.cos(2 * Math.PI * unit());
  }

  /** Returns true half of the time. */
  public boolean coin() {
    return random.nextLong() < 0;
  }
}
