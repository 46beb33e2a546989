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

  /** Small enough that a lost task costs little. */
  private static final int BATCH_ITEMS = 1000;

  private final JavaSparkContext spark;
  private final HadoopSettings settings;
  private final String source;
  private final int shortSide;
  private JavaRDD<CheckedBatch> checked;

  SparkTasks(JavaSparkContext spark, String source, int shortSide) {
    this.spark = spark;
    this.settings = HadoopSettings.of(spark.hadoopConfiguration());
    this.source = source;
    this.shortSide = shortSide;
  }

  /** Reads and decodes every item; the result has the listing's order. */
  List<Checked> check(List<Item> items) {
    int wanted = Math.max(4 * spark.defaultParallelism(), items.size() / BATCH_ITEMS);
    List<ItemBatch> batches = ItemBatch.cut(items, wanted);
    // The closure takes these, not this object.
    HadoopSettings hadoop = settings;
    String name = source;
    int side = shortSide;
    checked =
        spark
            .parallelize(batches, batches.size())
            .map(
                batch ->
                    new CheckedBatch(
                        batch.first(), Checker.check(hadoop.configuration(), name, side, batch)))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Progress progress = Progress.of(LOG, "batches checked", batches.size());
    List<Checked> all = new ArrayList<>(items.size());
    TaskProgress.show(spark.sc(), progress, checked.map(CheckedBatch::withoutSums)::collect)
        .forEach(batch -> all.addAll(batch.items()));
    return all;
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
    JavaRDD<Manifest.Shard> shards =
        spark
            .parallelize(plans, plans.size())
            .map(
                plan ->
                    ShardTask.write(
                        hadoop.configuration(),
                        name,
                        side,
                        new Path(out),
                        plan,
                        Long.toString(TaskContext.get().taskAttemptId())));
    Progress progress = Progress.of(LOG, "shards written", plans.size());
    return TaskProgress.show(spark.sc(), progress, shards::collect);
  }

  @Override
  public void close() {
    if (checked != null) {
      checked.unpersist();
    }
  }
}
