package convoy.jobs.inspect;

import java.io.Serializable;

/** Smallest, sum and largest of whole numbers. */
final class Extent implements Serializable {
  private static final long serialVersionUID = 1L;
  private long count;
  private long sum;
  private long least = Long.MAX_VALUE;
  private long most = Long.MIN_VALUE;

  void add(long value) {
    count++;
    sum += value;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }

  void add(Extent other) {
    count += other.count;
    sum += other.sum;
    least = Math.min(least, other.least);
    most = Math.max(most, other.most);
  }

  /** The range, or null if there was no number. */
  Inspection.Range range() {
    return count == 0 ? null : new Inspection.Range(least, (double) sum / count, most);
  }
}
