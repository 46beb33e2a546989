package convoy.jobs.inspect;

import convoy.data.dataset.Manifest;
import convoy.data.dataset.Manifests;
import convoy.data.files.Storage;
import convoy.data.image.Encoder;
import convoy.jobs.io.HadoopFiles;
import convoy.jobs.prepare.PreparedFiles;
import convoy.jobs.spark.HadoopSettings;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;

/** Reads every row of a dataset once, with one task for each shard. */
public final class InspectJob {
  private InspectJob() {}

  /**
   * Inspects a dataset.
   *
   * @param verify whether the hashes of the files and the counts of the manifest are checked too
   * @throws convoy.data.dataset.DatasetException if it has no readable manifest
   */
  public static Inspection run(JavaSparkContext spark, String path, boolean verify)
      throws IOException {
    Configuration configuration = spark.hadoopConfiguration();
    Path dataset = new Path(path);
    dataset = Storage.of(configuration, dataset).makeQualified(dataset);
    Manifest manifest = Manifests.read(configuration, dataset);
    List<Manifest.Shard> shards =
        manifest.splits().values().stream().flatMap(split -> split.files().stream()).toList();
    HadoopSettings hadoop = HadoopSettings.of(configuration);
    String root = dataset.toString();
    int classes = manifest.classes().size();
    JavaRDD<ShardFacts> facts =
        spark
            .parallelize(shards, Math.max(1, shards.size()))
            .map(
                shard ->
                    ShardFacts.of(hadoop.configuration(), new Path(root), shard, classes, verify))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return Inspection.of(
          root,
          manifest,
          facts.map(ShardFacts::withoutRows).collect(),
          Copies.count(facts),
          PreparedFiles.quarantine(configuration, dataset),
          verify);
    } finally {
      facts.unpersist();
    }
  }

  /** Writes the contact sheet as PNG, and returns its path with scheme. */
  public static Path writePicture(Configuration configuration, String path, String picture)
      throws IOException {
    Path dataset = new Path(path);
    Manifest manifest = Manifests.read(configuration, dataset);
    byte[] png = Encoder.png(ContactSheet.of(configuration, dataset, manifest));
    Path target = new Path(picture);
    Path whole = Storage.of(configuration, target).makeQualified(target);
    HadoopFiles.write(configuration, whole, out -> out.write(png));
    return whole;
  }
}
