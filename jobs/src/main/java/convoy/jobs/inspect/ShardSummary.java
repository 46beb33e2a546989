package convoy.jobs.inspect;

import convoy.data.dataset.Example;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/** What the rows of a shard are, added up: nothing of it grows with their number. */
final class ShardSummary implements Serializable {
  private static final long serialVersionUID = 1L;
  private final long[] classCounts;
  private final Extent width = new Extent();
  private final Extent height = new Extent();
  private final TreeMap<String, Long> formats = new TreeMap<>();
  private long bytes;

  ShardSummary(int classes) {
    this.classCounts = new long[classes];
  }

  /** Adds a row; its label must be one of the classes. */
  void add(Example example) {
    classCounts[example.label()]++;
    width.add(example.width());
    height.add(example.height());
    formats.merge(example.format(), 1L, Long::sum);
    bytes += example.image().length;
  }

  void add(ShardSummary other) {
    for (int label = 0; label < classCounts.length; label++) {
      classCounts[label] += other.classCounts[label];
    }

    width.add(other.width);
    height.add(other.height);
    other.formats.forEach((format, examples) -> formats.merge(format, examples, Long::sum));
    bytes += other.bytes;
  }

  /** Examples by label. */
  long[] classCounts() {
    return classCounts;
  }

  /** Of the pictures in pixels. */
  Extent width() {
    return width;
  }

  Extent height() {
    return height;
  }

  Map<String, Long> formats() {
    return formats;
  }

  /** Of the pictures as they are kept. */
  long bytes() {
    return bytes;
  }
}
