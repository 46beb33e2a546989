package convoy.zoo.plan.memory;

/**
 * A number of bytes of working memory. They are needed from the first step that touches them to the
 * last one.
 */
public final class MemoryRegion {
  private final long bytes;
  private int first = Integer.MAX_VALUE;
  private int last = -1;
  private long offset;

  public MemoryRegion(long bytes) {
    this.bytes = bytes;
  }

  /** Records that a step reads or writes here. */
  public void touch(int step) {
    first = Math.min(first, step);
    last = Math.max(last, step);
  }

  long bytes() {
    return bytes;
  }

  /** Returns whether both regions are needed at the same time. */
  boolean meets(MemoryRegion other) {
    return first <= other.last && other.first <= last;
  }

  public boolean used() {
    return last >= 0;
  }

  void place(long at) {
    offset = at;
  }

  public long offset() {
    return offset;
  }
}
