package convoy.jobs.evaluate;

import convoy.data.dataset.Example;
import convoy.data.dataset.ShardReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The examples of some row groups one after another, at most one row group in memory. */
final class RowGroupExamples implements Iterator<RowGroupExamples.Located>, Closeable {
  private final List<RowGroup> rowGroups;
  private final String dataset;
  private final Configuration configuration;
  private int next;
  private ShardReader open;
  private String shard;
  private Iterator<Example> rows = List.<Example>of().iterator();

  /** An example and the position of its row group in the list. */
  record Located(int place, Example example) {}

  RowGroupExamples(List<RowGroup> rowGroups, String dataset, Configuration configuration) {
    this.rowGroups = rowGroups;
    this.dataset = dataset;
    this.configuration = configuration;
  }

  @Override
  public boolean hasNext() {
    while (!rows.hasNext() && next < rowGroups.size()) {
      rows = read(rowGroups.get(next++));
    }

    return rows.hasNext();
  }

  @Override
  public Located next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }

    return new Located(next - 1, rows.next());
  }

  private Iterator<Example> read(RowGroup rowGroup) {
    try {
      if (!rowGroup.shard().equals(shard)) {
        close();
        open = ShardReader.open(configuration, new Path(dataset, rowGroup.shard()));
        shard = rowGroup.shard();
      }

      return open.read(rowGroup.indexInShard()).iterator();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  @Override
  public void close() throws IOException {
    rows = List.<Example>of().iterator();
    if (open != null) {
      open.close();
      open = null;
      shard = null;
    }
  }
}
