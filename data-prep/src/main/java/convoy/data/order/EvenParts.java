package convoy.data.order;

import java.io.Serializable;

/**
 * A sequence cut into parts whose sizes differ by at most one.
 *
 * @param total length of the sequence
 * @param parts at least 1
 */
public record EvenParts(long total, int parts) implements Serializable {
  public EvenParts {
    if (total < 0 || parts < 1) {
      throw new IllegalArgumentException("cannot cut " + total + " into " + parts + " parts");
    }
  }

  /** Returns where a part begins; for {@code part == parts}, the end of the last part. */
  public long start(int part) {
    if (part < 0 || part > parts) {
      throw new IllegalArgumentException("part " + part + " is not in 0 to " + parts);
    }

    return Math.multiplyExact(total, part) / parts;
  }

  public long size(int part) {
    return start(part + 1) - start(part);
  }

  /** Returns the size of the largest part. */
  public long largest() {
    return ceilDiv(total, parts);
  }

  /** Returns {@code size / of}, rounded up. */
  static long ceilDiv(long size, int of) {
    return (size + of - 1) / of;
  }
}
