package convoy.jobs.exchange;

import convoy.data.order.SplitMix64;

/**
 * The numbers in which a worker sends its vectors.
 *
 * @param rounded whether they are rounded to bfloat16, which halves the bytes, instead of float32
 * @param seed of the rounding
 */
public record Wire(boolean rounded, long seed) {
  public static final Wire FLOAT32 = new Wire(false, 0);

  /** The same with another seed for each of a worker's vectors. */
  Wire of(int vector) {
    return rounded ? bfloat16(SplitMix64.at(seed, vector)) : this;
  }

  public static Wire bfloat16(long seed) {
    return new Wire(true, seed);
  }
}
