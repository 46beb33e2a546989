package convoy.zoo.plan.memory;

/** So many bytes of working memory, needed from the first step that touches them to the last. */
public final class MemoryRegion {
  private final long bytes;
  private int first = Integer.MAX_VALUE;
  private int last = -1;
  private long offset;

  public MemoryRegion(long bytes) {
    this.bytes = bytes;
  }

  /** A step reads or writes here. */
  public void touch(int step) {
    first = Math.min(first, step);
    last = Math.max(last, step);
  }

  long bytes() {
    return bytes;
  }

  /** Whether both are needed at one moment. */
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
