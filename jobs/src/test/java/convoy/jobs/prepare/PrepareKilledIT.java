package convoy.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.dataset.DatasetException;
import convoy.data.dataset.Manifest;
import convoy.data.dataset.Manifests;
import convoy.data.dataset.Sha256;
import convoy.data.generate.Generator;
import convoy.jobs.io.KilledFileSystem;
import convoy.jobs.spark.HadoopSettings;
import convoy.jobs.spark.SparkSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are killed before each single change of the file system. */
class PrepareKilledIT {
  private final Configuration configuration = HadoopSettings.local().configuration();
  private SparkSession spark;
  private Map<String, byte[]> whole;

  @TempDir private Path folder;

  @BeforeEach
  void open() throws Exception {
    Generator.write(folder.resolve("in"), 2, 10, 16, 7);
    Map<String, String> settings = new HashMap<>(PrepareJob.SPARK_SETTINGS);
    settings.put("spark.master", "local[2]");
    settings.put("spark.hadoop.fs.file.impl", KilledFileSystem.class.getName());
    settings.put("spark.hadoop.fs.file.impl.disable.cache", "true");
    spark = SparkSessions.open("test", settings);
    KilledFileSystem.never();
    run("undisturbed", 1, false);
    whole = PrepareRun.content(folder.resolve("undisturbed"));
    assertThat(whole)
        .containsOnlyKeys(
            "manifest.json",
            "quarantine.jsonl",
            "train/part-00000.parquet",
            "val/part-00000.parquet");
  }

  @AfterEach
  void close() {
    KilledFileSystem.never();
    spark.close();
  }

  private PrepareResult run(String out, long seed, boolean overwrite) throws Exception {
    return PrepareJob.run(
        JavaSparkContext.fromSparkContext(spark.sparkContext()),
        new PrepareOptions(
            "folder",
            List.of(folder.resolve("in").toString()),
            null,
            folder.resolve(out).toString(),
            1L << 20,
            0.1,
            false,
            1,
            DuplicateAction.keep,
            0,
            seed,
            overwrite));
  }

  /**
   * Kills runs later and later until one finishes. Each starts with a copy of {@code before}, if
   * any.
   */
  private void killEverywhere(boolean overwrite, Path before) throws Exception {
    boolean killed = true;
    int changes = 0;
    for (; killed; changes++) {
      String out = "out-" + changes;
      if (Files.exists(before)) {
        FileUtils.copyDirectory(before.toFile(), folder.resolve(out).toFile());
      }

      KilledFileSystem.after(changes);
      try {
        run(out, 1, overwrite);
        killed = false;
      } catch (Exception dead) {
        assertThat(dead).hasStackTraceContaining("killed before");
      }

      KilledFileSystem.never();
      assertWholeOrNone(folder.resolve(out), changes);
      run(out, 1, overwrite);
      assertThat(PrepareRun.content(folder.resolve(out)))
          .as("after %d changes", changes)
          .containsExactlyEntriesOf(whole);
    }

    assertThat(changes).isGreaterThan(25);
  }

  private void assertWholeOrNone(Path dataset, int changes) throws IOException {
    var path = new org.apache.hadoop.fs.Path(dataset.toUri());
    FileSystem files = path.getFileSystem(configuration);
    Manifest manifest;
    try {
      manifest = Manifests.read(configuration, path);
    } catch (DatasetException none) {
      return;
    }

    for (Manifest.Split split : manifest.splits().values()) {
      for (Manifest.Shard shard : split.files()) {
        assertThat(Sha256.of(files, new org.apache.hadoop.fs.Path(path, shard.path())))
            .as("%s after %d changes", shard.path(), changes)
            .isEqualTo(shard.sha256());
      }
    }
  }

  @Test
  void aNewDataset() throws Exception {
    killEverywhere(false, folder.resolve("absent"));
  }

  @Test
  void anUnfinishedOneOfOtherOptions() throws Exception {
    run("before", 2, false);
    Path dataset = folder.resolve("before");
    Files.writeString(
        dataset.resolve("_prepare.json"),
        PrepareRun.json(dataset.resolve("manifest.json")).path("provenance").toString());
    Files.delete(dataset.resolve("manifest.json"));
    Files.writeString(dataset.resolve("train/part-00007.parquet"), "of other options");
    killEverywhere(false, dataset);
  }

  @Test
  void aFinishedOneThatIsOverwritten() throws Exception {
    run("before", 2, false);
    killEverywhere(true, folder.resolve("before"));
  }
}
