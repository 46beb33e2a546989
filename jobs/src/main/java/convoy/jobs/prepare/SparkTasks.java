package convoy.jobs.prepare;

import convoy.data.dataset.Manifest;
import convoy.data.dataset.PixelSums;
import convoy.data.source.Item;
import convoy.jobs.spark.HadoopSettings;
import convoy.jobs.terminal.Progress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the tasks of prepare on Spark: sends batches of items and contents of shards, and collects
 * the results.
 */
final class SparkTasks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SparkTasks.class);

  private final JavaSparkContext spark;
  private final HadoopSettings settings;
  private final String source;
  private final int shortSide;
  private JavaRDD<CheckedBatch> checked;
  private long checkedBefore;

  SparkTasks(JavaSparkContext spark, String source, int shortSide) {
    this.spark = spark;
    this.settings = HadoopSettings.of(spark.hadoopConfiguration());
    this.source = source;
    this.shortSide = shortSide;
  }

  /**
   * Reads and decodes every item, except those that an earlier run has checked. The results have
   * the order of the listing.
   */
  List<Checked> check(List<Item> items, CheckedFiles files) {
    List<ItemBatch> batches = ItemBatch.cut(items);
    // The closure takes these local variables, not this object.
    HadoopSettings hadoop = settings;
    String name = source;
    int side = shortSide;
    String run = spark.sc().applicationId();
    checked =
        spark
            .parallelize(batches, batches.size())
            .map(
                batch ->
                    CheckTask.check(hadoop.configuration(), name, side, files, batch, attempt(run)))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Progress progress = Progress.of(LOG, "batches checked", batches.size());
    List<Checked> all = new ArrayList<>(items.size());
    for (CheckedBatch batch :
        TaskProgress.show(spark, progress, checked.map(CheckedBatch::withoutSums)::collect)) {
      all.addAll(batch.items());
      checkedBefore += batch.checkedBefore() ? batch.items().size() : 0;
    }

    if (checkedBefore > 0) {
      LOG.info("{} of {} files were checked by an earlier run", checkedBefore, items.size());
    }

    return all;
  }

  /** Number of items that an earlier run has checked. */
  long checkedBefore() {
    return checkedBefore;
  }

  /** A name for temporary files that no other task of any run has. */
  private static String attempt(String run) {
    return run + "-" + TaskContext.get().taskAttemptId();
  }

  /** The sum over some items of the pixel sums that the check has kept. */
  PixelSums sums(BitSet wanted) {
    return checked.map(batch -> batch.sums(wanted)).treeReduce(PixelSums::add);
  }

  /** Writes the shards with one task for each. */
  List<Manifest.Shard> write(List<ShardContent> contents, Path dataset) {
    HadoopSettings hadoop = settings;
    String name = source;
    int side = shortSide;
    String out = dataset.toString();
    String run = spark.sc().applicationId();
    JavaRDD<Manifest.Shard> shards =
        spark
            .parallelize(contents, contents.size())
            .map(
                content ->
                    ShardTask.write(
                        hadoop.configuration(), name, side, new Path(out), content, attempt(run)));
    Progress progress = Progress.of(LOG, "shards written", contents.size());
    return TaskProgress.show(spark, progress, shards::collect);
  }

  @Override
  public void close() {
    if (checked != null) {
      checked.unpersist();
    }
  }
}
