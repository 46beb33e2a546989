package convoy.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs the way from pictures to predictions in one JVM, on a cluster with the driver outside, and
 * on a cluster with the driver inside. In the last case one core is left, so the two workers of the
 * run take turns.
 */
class ClusterPipelineIT {
  private static final int VALIDATION_PICTURES = 12;
  private static final String RECIPE =
      """
      model: {name: alexnet-one-tower, inputSize: 64, dropout: 0.5}
      data:
        train: [{randomCrop: {size: 64, padding: 4}}, {flip: horizontal}]
        evaluation: [{centerCrop: 64}]
      optimizer: {momentum: 0.9, weightDecay: 0.0005}
      schedule: {name: constant, learningRate: 0.01}
      training: {epochs: 1, workers: 2, batchSizePerWorker: 8, seed: 7}
      sync: {interval: 1}
      """;

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;
  private static byte[] manifest;
  private static byte[] weights;

  @BeforeAll
  static void runInOneJvm() throws Exception {
    Files.writeString(folder.resolve("recipe.yaml"), RECIPE);
    Launcher.run(folder, "generate", "--out=pictures", "--classes=4", "--per-class=16", "--size=64")
        .exits(0);
    for (String[] command : commands("local")) {
      Launcher.run(folder, withMaster(command)).exits(0);
    }

    manifest = Files.readAllBytes(folder.resolve("local/dataset/manifest.json"));
    weights = Files.readAllBytes(folder.resolve("local/run/model/weights.safetensors"));
    cluster = StandaloneCluster.start("pipeline", 2);
  }

  @AfterAll
  static void stopCluster() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void inClientModeTheResultsAreThoseOfOneJvmToTheLastBit() throws Exception {
    for (String[] command : commands("client")) {
      cluster
          .client(
              folder,
              Stream.concat(
                      Stream.of("--conf", "spark.executorEnv.DNNL_VERBOSE=1"), Stream.of(command))
                  .toArray(String[]::new))
          .exits(0);
    }

    assertSameResults("client");
    assertEveryConvolutionIsCompiled();
    assertThat(
            cluster
                .client(
                    folder,
                    "evaluate",
                    "--model=" + folder.resolve("client/run"),
                    "--data=" + folder.resolve("client/dataset"),
                    "--min-top1=1.0")
                .exits(4)
                .err())
        .doesNotContain("\tat ");
  }

  @Test
  void inClusterModeTheResultsAreThoseOfOneJvmToTheLastBit() throws Exception {
    for (String[] command : commands("cluster")) {
      StandaloneCluster.Driver driver = cluster.cluster(folder, command);
      assertThat(driver.state()).as("%s%n%s", driver.out(), driver.err()).isEqualTo("FINISHED");
    }

    assertSameResults("cluster");
    StandaloneCluster.Driver missing =
        cluster.cluster(
            folder,
            "train",
            "--recipe=" + folder.resolve("recipe.yaml"),
            "--data=" + folder.resolve("nowhere"),
            "--out=" + folder.resolve("cluster/other"));
    assertThat(missing.state()).isEqualTo("FAILED");
    assertThat(missing.err()).contains("convoy train: ", "nowhere");
  }

  @ParameterizedTest
  @ValueSource(strings = {"averaging", "dl4j"})
  void executorsThatWouldComputeWrongResultsRefuse(String strategy) throws Exception {
    Finished refused =
        cluster
            .client(
                folder,
                "--conf",
                "spark.executorEnv.OPENBLAS_CORETYPE=Cooperlake",
                "train",
                "--recipe=" + folder.resolve("recipe.yaml"),
                "--data=" + folder.resolve("local/dataset"),
                "--out=" + folder.resolve("refused-" + strategy),
                "--set=sync.strategy=" + strategy)
            .exits(2);
    assertThat(refused.err()).contains("OPENBLAS_CORETYPE is 'Cooperlake', which chooses kernels");
  }

  @Test
  void aWorkerOfMoreCoresThanAnyExecutorHasIsRefusedNotWaitedFor() throws Exception {
    Finished refused =
        cluster
            .client(
                folder,
                "train",
                "--recipe=" + folder.resolve("recipe.yaml"),
                "--data=" + folder.resolve("local/dataset"),
                "--out=" + folder.resolve("too-many-cores"),
                "--set=training.coresPerWorker=2")
            .exits(2);
    assertThat(refused.err())
        .startsWith("convoy train: a task needs 2 cores ")
        .contains("the largest executor has 1", "--set training.coresPerWorker=1")
        .hasLineCount(1);
  }

  /**
   * The executors received what the engine needs: oneDNN's code for this processor, not its
   * reference code.
   */
  private static void assertEveryConvolutionIsCompiled() throws IOException {
    List<String> output = cluster.executorOutput();
    List<String> convolutions =
        output.stream()
            .filter(line -> line.startsWith("onednn_verbose,exec,cpu,convolution,"))
            .toList();
    boolean avx512 =
        output.stream().anyMatch(line -> line.matches("onednn_verbose,info,cpu,isa:.*AVX-?512.*"));
    // Below AVX-512 the first layer's three channels are unrolled for a product, compiled as well.
    String compiled = avx512 ? "(?:jit|brg)" : "(?:jit|brg|x64:gemm:jit)";
    assertThat(convolutions).allMatch(line -> line.matches("(?:[^,]*,){4}" + compiled + ".*"));
    assertThat(layers(convolutions, "forward_training")).hasSize(5);
    assertThat(layers(convolutions, "backward_weights")).hasSize(5);
    assertThat(layers(convolutions, "backward_data")).as("all but the first layer").hasSize(4);
  }

  /** Returns what distinguishes the layers that ran: their sizes without that of the minibatch. */
  private static Set<String> layers(List<String> lines, String pass) {
    return lines.stream()
        .filter(line -> line.contains("," + pass + ","))
        .map(line -> line.replaceAll(".*,mb\\d+_([^,]*),[^,]*$", "$1"))
        .collect(Collectors.toSet());
  }

  /**
   * Returns the commands in the order of the data. Paths are absolute, because a driver in the
   * cluster has a different working folder.
   */
  private static List<String[]> commands(String name) {
    Path out = folder.resolve(name);
    Path dataset = out.resolve("dataset");
    Path run = out.resolve("run");
    return List.of(
        new String[] {
          "prepare", "--source=folder", "--in=" + folder.resolve("pictures"), "--out=" + dataset
        },
        new String[] {
          "train", "--recipe=" + folder.resolve("recipe.yaml"), "--data=" + dataset, "--out=" + run
        },
        new String[] {
          "evaluate",
          "--model=" + run,
          "--data=" + dataset,
          "--json",
          "--out=" + out.resolve("evaluation.json")
        },
        new String[] {
          "score",
          "--model=" + run,
          "--in=" + folder.resolve("pictures/val"),
          "--out=" + out.resolve("scores"),
          "--format=jsonl"
        });
  }

  private static String[] withMaster(String... command) {
    return Stream.concat(Stream.of("--master", "local[2]"), Stream.of(command))
        .toArray(String[]::new);
  }

  private static void assertSameResults(String name) throws Exception {
    Path out = folder.resolve(name);
    assertThat(out.resolve("dataset/manifest.json")).hasBinaryContent(manifest);
    assertThat(out.resolve("run/model/weights.safetensors")).hasBinaryContent(weights);
    assertThat(
            new ObjectMapper()
                .readTree(Files.readString(out.resolve("evaluation.json")))
                .path("examples")
                .asInt())
        .isEqualTo(VALIDATION_PICTURES);
    assertThat(rows(out.resolve("scores")))
        .hasSize(VALIDATION_PICTURES)
        .containsExactlyInAnyOrderElementsOf(rows(folder.resolve("local/scores")));
  }

  private static List<String> rows(Path scores) throws IOException {
    List<String> rows = new ArrayList<>();
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(scores, "part-*")) {
      for (Path part : parts) {
        rows.addAll(Files.readAllLines(part, StandardCharsets.UTF_8));
      }
    }

    return rows;
  }
}
