package convoy.data.input;

import convoy.data.dataset.Example;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The most recently read row groups, up to a number of bytes. The rounds of an epoch are short, and
 * each one begins in the window where the one before ended. Without the cache each round would read
 * that window again.
 */
final class RowGroupCache {
  private final long capacityBytes;
  private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * A row group by its content. A shard that was prepared again with different bytes has a
   * different key.
   */
  record Key(String path, String sha256, int rowGroup) {}

  /** Reads a row group that the cache lacks. */
  @FunctionalInterface
  interface Load {
    List<Example> read() throws IOException;
  }

  private record Entry(List<Example> examples, long bytes) {}

  RowGroupCache(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  List<Example> get(Key key, Load load) throws IOException {
    synchronized (this) {
      Entry entry = entries.get(key);
      if (entry != null) {
        return entry.examples;
      }
    }

    // This runs outside the lock. Two readers may read the same row group, but neither waits for
    // the other's disk.
    List<Example> examples = load.read();
    add(key, examples);
    return examples;
  }

  synchronized long bytes() {
    return bytes;
  }

  private synchronized void add(Key key, List<Example> examples) {
    long size = 0;
    for (Example example : examples) {
      size += example.image().length;
    }

    Entry replaced = entries.put(key, new Entry(examples, size));
    bytes += size - (replaced == null ? 0 : replaced.bytes);
    Iterator<Map.Entry<Key, Entry>> eldest = entries.entrySet().iterator();
    while (bytes > capacityBytes && eldest.hasNext()) {
      bytes -= eldest.next().getValue().bytes;
      eldest.remove();
    }
  }
}
