package convoy.data.input;

import convoy.data.dataset.Manifest;
import convoy.data.order.EpochOrder;
import convoy.data.order.EpochOrder.Position;
import convoy.data.order.Seeds;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The source for training: a part of one worker's share of an epoch, in the order of {@link
 * EpochOrder}. The seed of an example's augmentation depends on the run's seed, the epoch and the
 * example, but not on the worker. This process keeps row groups from one source to the next.
 */
public final class EpochSource extends ExampleSource {
  // An eighth of the heap holds some windows of photographs, or all of MNIST.
  private static final RowGroupCache CACHE =
      new RowGroupCache(Runtime.getRuntime().maxMemory() / 8);

  private final WorkerRange range;
  private final Iterator<Position> positions;

  private EpochSource(RowGroups rowGroups, WorkerRange range, List<Position> positions) {
    super(
        rowGroups,
        positions.stream().map(Position::rowGroup).distinct().toList(),
        EpochOrder.WINDOW_ROW_GROUPS);
    this.range = range;
    this.positions = positions.iterator();
  }

  /**
   * Opens the examples of a range.
   *
   * @param dataset folder of the manifest
   * @throws IllegalArgumentException for a split that the dataset lacks or a range outside the
   *     share
   */
  public static EpochSource of(
      Configuration configuration, Path dataset, Manifest manifest, WorkerRange range) {
    Manifest.Split split = RowGroups.split(manifest, range.split());
    List<Position> positions =
        EpochOrder.positions(
            split.rowGroupSizes(),
            range.seed(),
            range.epoch(),
            range.workers(),
            range.worker(),
            range.from(),
            range.to());
    return new EpochSource(new RowGroups(configuration, dataset, split, CACHE), range, positions);
  }

  @Override
  public FeedItem<ExampleRow> next() throws IOException, InterruptedException {
    if (!positions.hasNext()) {
      return null;
    }

    Position position = positions.next();
    return item(position, 0, Seeds.ofExample(range.seed(), range.epoch(), index(position)));
  }
}
