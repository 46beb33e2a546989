package convoy.jobs.prepare;

import convoy.data.dataset.Manifest;
import convoy.data.dataset.PixelSums;
import convoy.data.source.Item;
import convoy.jobs.io.Progress;
import convoy.jobs.spark.HadoopSettings;
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

/** What Spark does in prepare: it moves batches and plans to tasks. It decides nothing. */
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
   * Reads and decodes every item, but for those that a run before has checked; the result has the
   * listing's order.
   */
  List<Checked> check(List<Item> items, CheckedFiles files) {
    List<ItemBatch> batches = ItemBatch.cut(items);
    // The closure takes these, not this object.
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
      LOG.info("{} of {} files were checked by a run before", checkedBefore, items.size());
    }

    return all;
  }

  /** Items that a run before has checked. */
  long checkedBefore() {
    return checkedBefore;
  }

  /** Unlike that of any task of any run: temporary names are made of it. */
  private static String attempt(String run) {
    return run + "-" + TaskContext.get().taskAttemptId();
  }

  /** Sums over the pixels of some items; the check has kept those of each. */
  PixelSums sums(BitSet wanted) {
    return checked.map(batch -> batch.sums(wanted)).treeReduce(PixelSums::add);
  }

  /** Writes the shards, a task each. */
  List<Manifest.Shard> write(List<ShardPlan> plans, Path dataset) {
    HadoopSettings hadoop = settings;
    String name = source;
    int side = shortSide;
    String out = dataset.toString();
    String run = spark.sc().applicationId();
    JavaRDD<Manifest.Shard> shards =
        spark
            .parallelize(plans, plans.size())
            .map(
                plan ->
                    ShardTask.write(
                        hadoop.configuration(), name, side, new Path(out), plan, attempt(run)));
    Progress progress = Progress.of(LOG, "shards written", plans.size());
    return TaskProgress.show(spark, progress, shards::collect);
  }

  @Override
  public void close() {
    if (checked != null) {
      checked.unpersist();
    }
  }
}
