package convoy.data.input;

import convoy.data.dataset.Manifest;
import convoy.data.order.EpochOrder;
import convoy.data.order.EpochOrder.Position;
import convoy.data.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Opens minibatch readers. Row groups and buffers are kept from one reader to the next. */
public final class MinibatchReaders {
  // An eighth of the heap: some windows of photographs, all of MNIST.
  private static final RowGroupCache CACHE =
      new RowGroupCache(Runtime.getRuntime().maxMemory() / 8);
  private static final BufferPool POOL = new BufferPool();

  private MinibatchReaders() {}

  /**
   * Training: what {@code range} says, in the order of {@link EpochOrder}. The seed of an example's
   * augmentation depends on the run's seed, the epoch and the example, not on the worker.
   *
   * @param threads that decode and augment, at least 1
   * @throws IllegalArgumentException for a split the dataset lacks or a range outside the share
   */
  public static MinibatchReader training(
      Configuration configuration,
      Path dataset,
      Manifest manifest,
      WorkerRange range,
      Pipeline pipeline,
      int batchSize,
      int threads) {
    RowGroups rowGroups = new RowGroups(configuration, dataset, manifest, range.split(), CACHE);
    List<Position> positions =
        EpochOrder.positions(
            RowGroups.split(manifest, range.split()).rowGroupSizes(),
            range.seed(),
            range.epoch(),
            range.workers(),
            range.worker(),
            range.from(),
            range.to());
    MinibatchFiller filler =
        new MinibatchFiller(rowGroups, positions, pipeline, range.seed(), range.epoch(), threads);
    return open(filler, positions, pipeline, batchSize, threads);
  }

  /**
   * Evaluation: the examples of some row groups as they are stored, each once.
   *
   * @param fromRowGroup inclusive, counted over all shards of the split
   * @param toRowGroup exclusive; the whole split is 0 to {@code rowGroupSizes().size()}
   */
  public static MinibatchReader sequential(
      Configuration configuration,
      Path dataset,
      Manifest manifest,
      String split,
      int fromRowGroup,
      int toRowGroup,
      Pipeline pipeline,
      int batchSize,
      int threads) {
    RowGroups rowGroups = new RowGroups(configuration, dataset, manifest, split, CACHE);
    if (fromRowGroup < 0 || fromRowGroup > toRowGroup || toRowGroup > rowGroups.count()) {
      throw new IllegalArgumentException(
          "row groups "
              + fromRowGroup
              + " to "
              + toRowGroup
              + " aren't in 0 to "
              + rowGroups.count());
    }

    List<Integer> sizes = RowGroups.split(manifest, split).rowGroupSizes();
    List<Position> positions = new ArrayList<>();
    for (int rowGroup = fromRowGroup; rowGroup < toRowGroup; rowGroup++) {
      for (int row = 0; row < sizes.get(rowGroup); row++) {
        positions.add(new Position(rowGroup, row));
      }
    }

    return open(
        new MinibatchFiller(rowGroups, positions, pipeline, 0, 0, threads),
        positions,
        pipeline,
        batchSize,
        threads);
  }

  private static MinibatchReader open(
      MinibatchFiller filler,
      List<Position> positions,
      Pipeline pipeline,
      int batchSize,
      int threads) {
    if (batchSize < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "batch size " + batchSize + " and threads " + threads + " must be at least 1");
    }

    return new PrefetchingReader(filler, positions, pipeline.length(), batchSize, threads, POOL);
  }
}
