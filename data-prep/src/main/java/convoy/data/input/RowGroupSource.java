package convoy.data.input;

import convoy.data.dataset.Manifest;
import convoy.data.order.EpochOrder.Position;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The source for evaluation: the examples of some row groups in stored order, each once. A
 * minibatch never crosses row groups, so the floats of a row group don't depend on its neighbours.
 */
public final class RowGroupSource extends ExampleSource {
  private final List<Integer> sizes;
  private final int to;
  private int rowGroup;
  private int row;

  private RowGroupSource(RowGroups rowGroups, List<Integer> sizes, int from, int to) {
    super(rowGroups, IntStream.range(from, to).boxed().toList(), 1);
    this.sizes = sizes;
    this.rowGroup = from;
    this.to = to;
  }

  /**
   * Opens the examples of some neighbouring row groups.
   *
   * @param dataset folder of the manifest
   * @param from inclusive, counted over all shards of the split
   * @param to exclusive; the whole split is 0 to {@code rowGroupSizes().size()}
   * @throws IllegalArgumentException for a split or row groups that the dataset lacks
   */
  public static RowGroupSource of(
      Configuration configuration,
      Path dataset,
      Manifest manifest,
      String split,
      int from,
      int to) {
    Manifest.Split stored = RowGroups.split(manifest, split);
    List<Integer> sizes = stored.rowGroupSizes();
    if (from < 0 || from > to || to > sizes.size()) {
      throw new IllegalArgumentException(
          "row groups " + from + " to " + to + " aren't in 0 to " + sizes.size());
    }

    // Each row group is read once. A cache would only push out the row groups of training.
    RowGroups rowGroups = new RowGroups(configuration, dataset, stored, new RowGroupCache(0));
    return new RowGroupSource(rowGroups, sizes, from, to);
  }

  @Override
  public FeedItem<ExampleRow> next() throws IOException, InterruptedException {
    while (rowGroup < to && row == sizes.get(rowGroup)) {
      rowGroup++;
      row = 0;
    }

    return rowGroup == to ? null : item(new Position(rowGroup, row++), rowGroup, 0);
  }
}
