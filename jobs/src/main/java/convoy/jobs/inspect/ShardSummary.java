package convoy.jobs.inspect;

import convoy.data.dataset.Example;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/** Sums over the rows of a shard. Their size doesn't grow with the number of rows. */
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

  /** Adds a row, whose label must be one of the classes. */
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

  /** The number of examples of each label. */
  long[] classCounts() {
    return classCounts;
  }

  /** The widths of the pictures in pixels. */
  Extent width() {
    return width;
  }

  Extent height() {
    return height;
  }

  Map<String, Long> formats() {
    return formats;
  }

  /** The number of bytes of the stored pictures. */
  long bytes() {
    return bytes;
  }
}
