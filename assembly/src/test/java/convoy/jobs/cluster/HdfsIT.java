package convoy.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.io.HadoopFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the way from pictures to predictions with everything in HDFS. */
@Tag("slow")
class HdfsIT {
  private static final String RECIPE =
      """
      model: {name: lenet5-modern, inputSize: 32}
      data: {train: [{flip: horizontal}], evaluation: [{centerCrop: 32}]}
      schedule: {name: constant, learningRate: 0.01}
      training: {epochs: 2, workers: 2, batchSizePerWorker: 8, seed: 7}
      sync: {interval: 1}
      checkpoint: {everyRounds: 1, keep: 2}
      """;

  @TempDir private static java.nio.file.Path folder;
  private static MiniDFSCluster hdfs;
  private static FileSystem files;
  private static String root;

  @BeforeAll
  static void start() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    hdfs.waitActive();
    files = hdfs.getFileSystem();
    root = hdfs.getURI().toString();
    Files.writeString(folder.resolve("recipe.yaml"), RECIPE);
    Launcher.run(folder, "generate", "--out=pictures", "--classes=3", "--per-class=9", "--size=32")
        .exits(0);
    files.copyFromLocalFile(new Path(folder.resolve("pictures").toUri()), new Path("/pictures"));
  }

  @AfterAll
  static void stop() {
    if (hdfs != null) {
      hdfs.shutdown();
    }
  }

  @Test
  void theWholeWayGivesWhatLocalFilesGive() throws Exception {
    pipeline(folder + "/pictures", folder + "/local");
    pipeline(root + "/pictures", root + "/far");
    for (String name :
        List.of("dataset/manifest.json", "run/model/weights.safetensors", "run/model/model.json")) {
      assertThat(bytes("/far/" + name))
          .as(name)
          .isEqualTo(Files.readAllBytes(folder.resolve("local").resolve(name)));
    }

    assertThat(rows("/far/scores")).hasSize(6);
    assertThat(visible("/far/run/checkpoints")).containsExactly("round-00000003", "round-00000004");
    // A second run changes nothing.
    long written = files.getFileStatus(new Path("/far/run/status.json")).getModificationTime();
    train(root + "/far");
    assertThat(files.getFileStatus(new Path("/far/run/status.json")).getModificationTime())
        .isEqualTo(written);
  }

  @Test
  void weightsComeFromThereAndGoThere() throws Exception {
    java.nio.file.Path sample =
        Launcher.HOME.resolve("model-zoo/src/test/resources/convoy/zoo/importing/keras-sample.h5");
    files.copyFromLocalFile(new Path(sample.toUri()), new Path("/keras.h5"));
    for (String[] way :
        new String[][] {
          {root + "/keras.h5", root + "/imported"}, {sample.toString(), folder + "/imported"}
        }) {
      convoy(
          "import",
          "--from=keras",
          "--architecture=lenet5-modern",
          "--in=" + way[0],
          "--out=" + way[1]);
    }

    assertThat(visible("/imported")).containsExactly("model.json", "weights.safetensors");
    assertThat(bytes("/imported/weights.safetensors"))
        .isEqualTo(Files.readAllBytes(folder.resolve("imported/weights.safetensors")));
  }

  @Test
  void aFileIsNeverAbsentWhileItIsReplaced() throws Exception {
    Path file = new Path(root + "/replaced/status.json");
    HadoopFiles.writeText(files.getConf(), file, "0");
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Integer> absences =
        CompletableFuture.supplyAsync(
            () -> {
              int absent = 0;
              while (!done.get()) {
                absent += exists(file) ? 0 : 1;
              }

              return absent;
            });
    for (int i = 1; i <= 200; i++) {
      HadoopFiles.writeText(files.getConf(), file, String.valueOf(i));
    }

    done.set(true);
    assertThat(absences.get()).isZero();
    assertThat(HadoopFiles.readText(files.getConf(), file)).isEqualTo("200");
    assertThat(visible("/replaced")).containsExactly("status.json");
  }

  private static boolean exists(Path file) {
    try {
      return files.exists(file);
    } catch (IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }

  private static void pipeline(String pictures, String out) throws Exception {
    convoy("prepare", "--source=folder", "--in=" + pictures, "--out=" + out + "/dataset");
    train(out);
    convoy(
        "evaluate",
        "--model=" + out + "/run",
        "--data=" + out + "/dataset",
        "--out=" + out + "/evaluation.json");
    convoy(
        "score",
        "--model=" + out + "/run",
        "--in=" + pictures + "/val",
        "--out=" + out + "/scores",
        "--format=jsonl");
  }

  private static void train(String out) throws Exception {
    convoy(
        "train",
        "--recipe=" + folder.resolve("recipe.yaml"),
        "--data=" + out + "/dataset",
        "--out=" + out + "/run",
        "--resume");
  }

  private static void convoy(String... command) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--master", "local[2]"));
    arguments.addAll(List.of(command));
    Launcher.run(folder, arguments.toArray(String[]::new)).exits(0);
  }

  private static byte[] bytes(String path) throws IOException {
    try (var in = files.open(new Path(path))) {
      return in.readAllBytes();
    }
  }

  private static List<String> visible(String path) throws IOException {
    return Arrays.stream(files.listStatus(new Path(path)))
        .map(status -> status.getPath().getName())
        .sorted()
        .toList();
  }

  private static List<String> rows(String path) throws IOException {
    List<String> rows = new ArrayList<>();
    for (FileStatus part : files.globStatus(new Path(path, "part-*"))) {
      rows.addAll(
          new String(bytes(part.getPath().toUri().getPath()), StandardCharsets.UTF_8)
              .lines()
              .toList());
    }

    return rows;
  }
}
