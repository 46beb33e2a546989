package convoy.jobs.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.jobs.cluster.Await;
import convoy.jobs.cluster.Finished;
import convoy.jobs.cluster.Launcher;
import convoy.jobs.cluster.StandaloneCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Airflow runs the DAGs on a real cluster. The results must be those of one JVM. */
class AirflowIT {
  private static final String EPOCHS = "training.epochs=10"; // 40 rounds
  private static final String ALL_BUT_TRAIN = "prepare|evaluate|score";
  private static final int VALIDATION_PICTURES = 12;
  private static final String RECIPE =
      """
      model: {name: lenet5-modern, inputSize: 32, inputChannels: 3}
      data:
        train: [{randomCrop: {size: 32, padding: 2}}, {flip: horizontal}]
        evaluation: [{centerCrop: 32}]
      optimizer: {momentum: 0.9, weightDecay: 0.0005}
      schedule: {name: constant, learningRate: 0.002}
      training: {epochs: 1, workers: 1, batchSizePerWorker: 8, seed: 7}
      sync: {interval: 1}
      checkpoint: {everyRounds: 5, keep: 3}
      evaluation: {everyEpochs: 5}
      """;

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;
  private static Airflow airflow;
  private static Path undisturbed;

  @BeforeAll
  static void trainInOneJvm() throws Exception {
    airflow = new Airflow("airflow-3.3", folder.resolve("airflow"));
    Files.writeString(folder.resolve("recipe.yaml"), RECIPE);
    undisturbed = folder.resolve("undisturbed");
    Launcher.run(folder, "generate", "--out=pictures", "--classes=4", "--per-class=16", "--size=32")
        .exits(0);
    Launcher.run(folder, "prepare", "--source=folder", "--in=pictures", "--out=undisturbed/dataset")
        .exits(0);
    Launcher.run(
            folder,
            "--master",
            "local[2]",
            "train",
            "--recipe=recipe.yaml",
            "--data=undisturbed/dataset",
            "--out=undisturbed/run",
            "--set=training.workers=2",
            "--set=" + EPOCHS)
        .exits(0);
    cluster = StandaloneCluster.start("airflow", 2);
    airflow.withMaster(cluster.master()).with("SPARK_CONF_DIR", cluster.configuration().toString());
  }

  @AfterAll
  static void stopCluster() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void theWholeDagLeavesRowsRunAgainItChangesNothingAndTheDailyOneAddsWhatIsNew() throws Exception {
    Path root = folder.resolve("whole");
    Path incoming = Files.createDirectory(folder.resolve("incoming"));
    FileUtils.copyDirectory(folder.resolve("pictures/val").toFile(), incoming.toFile());
    Map<String, Object> params =
        params(root, Map.of("min_top1", 0.0, "incoming", incoming.toString()));
    airflow.test("convoy_imagenet", Airflow.NOTHING_DONE, params).exits(0);

    assertThat(root.resolve("dataset/manifest.json"))
        .hasSameBinaryContentAs(undisturbed.resolve("dataset/manifest.json"));
    assertThat(weights(root)).hasSameBinaryContentAs(weights(undisturbed));
    assertThat(rows(root)).hasSize(VALIDATION_PICTURES);

    Map<String, String> before = state(root);
    airflow.test("convoy_imagenet", Airflow.NOTHING_DONE, params).exits(0);
    assertThat(state(root)).isEqualTo(before);

    Files.writeString(incoming.resolve("late.jpg"), "no picture");
    airflow
        .test(
            "convoy_score_daily",
            Airflow.NOTHING_DONE,
            Map.of(
                "model",
                root + "/run",
                "incoming",
                incoming.toString(),
                "scores",
                root + "/scores",
                "format",
                "jsonl"))
        .exits(0);
    assertThat(rows(root))
        .hasSize(VALIDATION_PICTURES + 1)
        .anySatisfy(row -> assertThat(row).contains("late.jpg"));
  }

  @Test
  void aMissedGateFailsAtOnceAndNothingIsScored() throws Exception {
    Path root = folder.resolve("gate");
    FileUtils.copyDirectory(undisturbed.toFile(), root.toFile());
    Finished run =
        airflow
            .test("convoy_imagenet", "prepare|train", params(root, Map.of("min_top1", 1.0)))
            .exits(1);

    assertThat(run.out())
        .contains("is below --min-top1 1.0", "exit code 4 (a quality gate was missed): not retried")
        .containsOnlyOnce("starting task_id=evaluate")
        .doesNotContain("starting task_id=score");
    assertThat(root.resolve("scores")).doesNotExist();
  }

  @Test
  void aKilledDriverIsRetriedAndTheWeightsAreThoseOfAnUndisturbedRun() throws Exception {
    Path root = folder.resolve("killed");
    copyDataset(root);
    Process process = airflow.startTest("convoy_imagenet", ALL_BUT_TRAIN, params(root, Map.of()));
    try {
      untilCheckpoint(root, process, 10);
      driver(root).destroyForcibly();
      Finished run = airflow.finish(process).exits(0);

      assertThat(run.out()).contains("exit code -9: may be retried", "resuming after round ");
      assertThat(run.out().split("starting task_id=train", -1)).hasSize(1 + 2);
    } finally {
      Airflow.stop(process);
    }

    assertThat(weights(root)).hasSameBinaryContentAs(weights(undisturbed));
  }

  @Test
  void theEndOfTheTaskIsTheEndOfTheApplication() throws Exception {
    Path root = folder.resolve("ended");
    copyDataset(root);
    Airflow noRetries = airflow.with("CONVOY_RETRIES", "0");
    Process process =
        noRetries.startTest(
            "convoy_imagenet",
            ALL_BUT_TRAIN,
            params(root, Map.of("overrides", List.of("training.epochs=9999"))));
    try {
      untilCheckpoint(root, process, 5);
      assertThat(cluster.applications()).containsExactly("convoy train");
      ProcessHandle driver = driver(root);
      process.destroy(); // This sends SIGTERM, as Airflow does.

      Await.until(
          "the end of the application",
          Duration.ofSeconds(20),
          () -> cluster.applications().isEmpty() ? Optional.of(true) : Optional.empty());
      airflow.finish(process).exits(1);
      assertThat(driver.isAlive()).isFalse();
    } finally {
      airflow.with("CONVOY_RETRIES", "3");
      Airflow.stop(process);
    }
  }

  private static Map<String, Object> params(Path root, Map<String, Object> more) {
    Map<String, Object> params = new HashMap<>();
    params.put("pictures", folder + "/pictures");
    params.put("incoming", folder + "/pictures/val");
    params.put("root", root.toString());
    params.put("recipe", folder + "/recipe.yaml");
    params.put("workers", 2);
    params.put("overrides", List.of(EPOCHS));
    params.put("format", "jsonl");
    params.putAll(more);
    return params;
  }

  private static void copyDataset(Path root) throws IOException {
    FileUtils.copyDirectory(
        undisturbed.resolve("dataset").toFile(), root.resolve("dataset").toFile());
  }

  /** Returns the process that owns the run. */
  private static ProcessHandle driver(Path root) throws IOException {
    long pid =
        new ObjectMapper()
            .readTree(Files.readString(root.resolve("run/status.json")))
            .at("/owner/pid")
            .asLong();
    return ProcessHandle.of(pid).orElseThrow();
  }

  private static void untilCheckpoint(Path root, Process process, int round) {
    Path manifest = root.resolve("run/checkpoints/round-%08d/manifest.json".formatted(round));
    Await.until(
        manifest.toString(),
        Duration.ofMinutes(3),
        () -> {
          assertThat(process.isAlive()).as(airflow.log()).isTrue();
          return Files.exists(manifest) ? Optional.of(manifest) : Optional.empty();
        });
  }

  private static Path weights(Path root) {
    return root.resolve("run/model/weights.safetensors");
  }

  private static List<String> rows(Path root) throws IOException {
    List<String> rows = new ArrayList<>();
    try (Stream<Path> parts = Files.list(root.resolve("scores"))) {
      for (Path part : parts.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
        rows.addAll(Files.readAllLines(part));
      }
    }

    return rows;
  }

  /** Returns every file with its bytes and the time of its last change. */
  private static Map<String, String> state(Path root) throws IOException {
    Map<String, String> state = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        state.put(
            root.relativize(file).toString(),
            FileUtils.checksumCRC32(file.toFile()) + " " + Files.getLastModifiedTime(file));
      }
    }

    return state;
  }
}
