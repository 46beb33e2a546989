package convoy.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.jobs.base.UserException;
import convoy.zoo.natives.ProcessEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparkSettingsTest {
  private static final Pattern OPENS = Pattern.compile("--add-opens=([\\w./]+)=ALL-UNNAMED");

  @Test
  void withoutAMasterEverythingRunsHere() {
    Map<String, String> settings = SparkSettings.of(new SparkConf(false), Map.of());

    assertThat(settings)
        .containsEntry("spark.master", "local[*]")
        .containsEntry("spark.ui.enabled", "false")
        .containsEntry("spark.driver.maxResultSize", "0")
        .containsEntry("spark.executorEnv.MALLOC_MMAP_MAX_", "0")
        .containsEntry("spark.executorEnv.GOMP_SPINCOUNT", "10000")
        .containsEntry("spark.executorEnv.OMP_NUM_THREADS", "1");
  }

  @Test
  void executorsFindWhatTheLauncherSets() throws IOException {
    String launcher = Files.readString(Path.of("../scripts/convoy"));
    Map<String, String> settings = SparkSettings.of(new SparkConf(false), Map.of());
    ProcessEnvironment.settings()
        .forEach(
            (name, value) -> {
              assertThat(settings).containsEntry("spark.executorEnv." + name, value);
              assertThat(launcher)
                  .containsPattern("export " + name + "=(\\$\\{" + name + ":-)?" + value + "\\b");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[x]", "local[0]", "local[2", "bogus", "", "spark://"})
  void aMasterThatSparkDoesNotKnowIsOneLine(String master) {
    SparkConf given = new SparkConf(false).set("spark.master", master);

    assertThatThrownBy(() -> SparkSettings.of(given, Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("--master " + master + " is unknown: give local[2]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local",
        "local[*, 3]",
        "local[4,2]",
        "local-cluster[2,1,1024]",
        "k8s://https://h"
      })
  void aMasterThatSparkKnowsIsTaken(String master) {
    SparkConf given = new SparkConf(false).set("spark.master", master);

    assertThat(SparkSettings.of(given, Map.of())).containsEntry("spark.master", master);
  }

  @ParameterizedTest
  @CsvSource({"local[2], true", "'local-cluster[2,1,1024]', false", "yarn, false"})
  void checksumsAreLeftOutWhereNothingLeavesTheProcess(String master, boolean out) {
    SparkConf given = new SparkConf(false).set("spark.master", master);
    Map<String, String> settings = SparkSettings.of(given, Map.of());

    for (String checksum : List.of("spark.broadcast.checksum", "spark.shuffle.checksum.enabled")) {
      assertThat(settings.get(checksum)).isEqualTo(out ? "false" : null);
    }

    assertThat(settings).containsEntry("spark.shuffle.sort.bypassMergeThreshold", "0");
  }

  @Test
  void whatTheUserSaysGoesOverTheDefaults() {
    SparkConf given =
        new SparkConf(false)
            .set("spark.master", "spark://host:7077")
            .set("spark.shuffle.compress", "true")
            .set("spark.executor.memoryOverheadFactor", "0.5");
    Map<String, String> settings = SparkSettings.of(given, Map.of());

    assertThat(settings)
        .containsEntry("spark.master", "spark://host:7077")
        .doesNotContainKeys(
            "spark.shuffle.compress", "spark.executor.memoryOverhead", "spark.ui.enabled");
  }

  @Test
  void whatTheJobNeedsGoesOverTheUser() {
    SparkConf given =
        new SparkConf(false)
            .set("spark.task.cpus", "1")
            .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
    Map<String, String> settings = SparkSettings.of(given, Map.of("spark.task.cpus", "4"));

    assertThat(settings)
        .containsEntry("spark.task.cpus", "4")
        .containsEntry("spark.serializer", "org.apache.spark.serializer.JavaSerializer")
        .containsEntry("spark.executorEnv.OMP_NUM_THREADS", "4");
  }

  @Test
  void optionsOfTheExecutorsAreAppendedToTheUsers() {
    SparkConf given =
        new SparkConf(false)
            .set(
                "spark.executor.extraJavaOptions",
                "-XX:+UseZGC -Dorg.bytedeco.javacpp.maxBytes=8g");

    assertThat(SparkSettings.of(given, Map.of()).get("spark.executor.extraJavaOptions").split(" "))
        .startsWith("-XX:+UseZGC", "-Dorg.bytedeco.javacpp.maxBytes=8g")
        .contains(
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
            "-Dorg.eclipse.deeplearning4j.helpers.disable=false")
        .doesNotContain("-Dorg.bytedeco.javacpp.maxBytes=0");
  }

  @Test
  void theLauncherAndTheTestsOfTheBuildOpenTheSamePackages() throws IOException {
    assertThat(opensOf(Path.of("../pom.xml"))).isEqualTo(JvmOptions.OPENS);
    assertThat(opensOf(Path.of("../scripts/convoy"))).isEqualTo(JvmOptions.OPENS);
    assertThat(Files.readString(Path.of("../scripts/convoy")).lines().map(String::strip))
        .containsAll(
            JvmOptions.PROPERTIES.entrySet().stream()
                .map(property -> "-D" + property.getKey() + "=" + property.getValue())
                .toList());
  }

  @Test
  void aMastersCoresAreKnownForLocalMastersOnly() {
    assertThat(WorkerSession.localCores("local")).isEqualTo(1);
    assertThat(WorkerSession.localCores("local[3]")).isEqualTo(3);
    assertThat(WorkerSession.localCores("local[4,2]")).isEqualTo(4);
    assertThat(WorkerSession.localCores("local[*]"))
        .isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(WorkerSession.localCores("local-cluster[2,1,1024]")).isZero();
    assertThat(WorkerSession.localCores("yarn")).isZero();
  }

  @Test
  void aWorkerGetsItsShareButNoMoreThanAnExecutorHas() {
    assertThat(WorkerSession.coresPerWorker(List.of(8, 8, 8, 8), 4)).isEqualTo(8);
    assertThat(WorkerSession.coresPerWorker(List.of(8, 8), 4)).isEqualTo(4);
    assertThat(WorkerSession.coresPerWorker(List.of(8, 8), 1)).isEqualTo(8);
    assertThat(WorkerSession.coresPerWorker(List.of(1, 1), 4)).isEqualTo(1);
    assertThat(WorkerSession.coresPerWorker(List.of(), 2)).isEqualTo(1);
  }

  static List<String> opensOf(Path file) throws IOException {
    return OPENS
        .matcher(Files.readString(file, StandardCharsets.UTF_8))
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
