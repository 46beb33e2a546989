package convoy.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import convoy.jobs.cluster.Await;
import convoy.jobs.cluster.Finished;
import convoy.jobs.cluster.Launcher;
import convoy.jobs.exchange.FirstState;
import convoy.jobs.exchange.HeldState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ends training in a separate process from outside, and tests how the run resumes. */
class TrainProcessIT {
  private static final String RECIPE =
      TrainRun.LENET.replace("epochs: 2", "epochs: 12"); // 24 rounds

  @TempDir private static Path folder;
  private static Path dataset;
  private static Path recipe;
  private static byte[] undisturbed;
  @TempDir private Path own;

  @BeforeAll
  static void train() throws IOException {
    dataset = TrainRun.dataset(folder, 4, 9, 32);
    recipe = Files.writeString(folder.resolve("recipe.yaml"), RECIPE);
    Path whole = folder.resolve("whole");
    assertThat(TrainRun.train("local[2]", RECIPE, dataset, whole).exitCode()).isZero();
    undisturbed = TrainRun.weights(whole);
  }

  @Test
  void afterKillNineItGoesOnToTheSameBits() throws Exception {
    Path run = own.resolve("run");
    // This is in the middle of an epoch.
    Process process = start(run, "--set=checkpoint.everyRounds=9");
    try {
      untilRound(process, 10);
    } finally {
      process.destroyForcibly();
    }

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(128 + 9);
    assertThat(TrainRun.status(run).get("state").asText()).isEqualTo("running");
    assertThat(run.resolve("model")).doesNotExist();
    assertThat(run.resolve("checkpoints/round-00000009/manifest.json")).exists();
    assertThat(run.resolve("checkpoints/round-00000018")).doesNotExist();
    resume(run);
  }

  @ParameterizedTest
  @CsvSource({"INT,2", "TERM,15"})
  void aSignalKeepsTheLastFinishedRound(String signal, int number) throws Exception {
    Path run = own.resolve("run");
    Process process = start(run, "--set=checkpoint.everyRounds=50");
    try {
      untilRound(process, 7);
      new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }

    assertThat(process.exitValue()).isEqualTo(128 + number);
    List<Integer> rounds = TrainRun.rounds(run);
    assertThat(rounds).hasSizeBetween(7, 23);
    try (Stream<Path> checkpoints = Files.list(run.resolve("checkpoints"))) {
      assertThat(checkpoints.map(path -> path.getFileName().toString()))
          .containsExactly("round-%08d".formatted(rounds.size()));
    }

    String line = "stopped after round %d; continue with".formatted(rounds.size());
    JsonNode status = TrainRun.status(run);
    assertThat(status.get("state").asText()).isEqualTo("stopped");
    assertThat(status.get("reason").asText()).isEqualTo(line + " --resume");
    assertThat(status.get("round").asInt()).isEqualTo(rounds.size());
    assertThat(Files.readAllLines(own.resolve("log")))
        .last()
        .asString()
        .isEqualTo(
            "convoy train: %s: %s --driver-java-options -Dconvoy.log.level=debug --master"
                .concat(" local\\[2\\] train --resume --out %s")
                .formatted(line, Launcher.HOME.resolve("scripts/convoy"), run));
    assertThat(Files.readAllLines(own.resolve("log")))
        .noneMatch(text -> text.contains(" round=" + (rounds.size() + 1) + " "))
        .noneMatch(text -> text.matches(".*(bug of Convoy|^\\tat |Exception).*"));
    resume(run);
  }

  /** One state of VGG-16 takes 1.1 GB. The last one lies in Spark's blocks. */
  @Test
  void theFirstStateIsNotHeldWhileTheRunGoesOn() throws Exception {
    Process process = start(own.resolve("run"), "--set=training.epochs=100000");
    try {
      untilRound(process, 7);
      Await.until(
          "a moment with no state beside the blocks",
          Duration.ofMinutes(1),
          () -> Optional.of(states(process)).filter(states -> states == 0));
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * Counts the states that the process can still reach. The histogram comes after a full
   * collection.
   */
  private long states(Process process) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    String pid = Long.toString(process.pid());
    Finished histogram =
        Finished.run(
                Duration.ofMinutes(1),
                Map.of(),
                own,
                List.of(jcmd.toString(), pid, "GC.class_histogram"))
            .exits(0);
    // The columns are number, instances, bytes and class.
    Matcher line =
        Pattern.compile("\\s(\\d+)\\s+\\d+\\s+" + FirstState.class.getName() + "\\s")
            .matcher(histogram.out());
    assertThat(histogram.out()).contains(HeldState.class.getName());
    return line.find() ? Long.parseLong(line.group(1)) : 0;
  }

  @Test
  void aTaskWithoutEnoughMemorySaysSo() throws Exception {
    Path run = own.resolve("run");
    // The minibatch takes 12 MB, and 8 are allowed.
    List<String> command = new ArrayList<>();
    command.addAll(List.of("--driver-java-options", "-XX:MaxDirectMemorySize=8m"));
    command.addAll(List.of(arguments(run, "--set=training.batchSizePerWorker=1024")));
    Finished failed = Launcher.run(own, command.toArray(String[]::new)).exits(1);
    String reason = TrainRun.status(run).get("reason").asText();
    assertThat(reason).startsWith("out of memory (").contains("CONVOY_DRIVER_MEMORY");
    assertThat(failed.err())
        .contains("convoy train: " + reason)
        .doesNotContain("stopped after", "\tat ");
  }

  @Test
  void aRunWithoutAValidationSplitIsToldSoOnce() throws Exception {
    Path split = own.resolve("no-split");
    Launcher.run(
            own,
            "prepare",
            "--source=folder",
            "--in=" + folder.resolve("pictures/train"),
            "--out=" + split,
            "--val-fraction=0")
        .exits(0);
    assertThat(
            Launcher.run(
                    own,
                    "train",
                    "--recipe=" + recipe,
                    "--data=" + split,
                    "--out=" + own.resolve("run"),
                    "--set=training.epochs=2")
                .exits(0)
                .err())
        .containsOnlyOnce("has no examples in its split val");
  }

  private Process start(Path run, String more) throws IOException {
    // With this, each round is logged.
    return Launcher.start(
        own,
        own.resolve("log"),
        Stream.concat(
                Stream.of("--driver-java-options", "-Dconvoy.log.level=debug"),
                Stream.of(arguments(run, more)))
            .toArray(String[]::new));
  }

  private static String[] arguments(Path run, String more) {
    return new String[] {
      "--master",
      "local[2]",
      "train",
      "--recipe=" + recipe,
      "--data=" + dataset,
      "--out=" + run,
      more
    };
  }

  private void untilRound(Process process, int round) {
    Path log = own.resolve("log");
    Await.until(
        "round " + round + " in " + log,
        Duration.ofMinutes(2),
        () -> {
          String text = Files.readString(log);
          assertThat(process.isAlive()).as(text).isTrue();
          return text.contains(" round=" + round + " ") ? Optional.of(round) : Optional.empty();
        });
  }

  private static void resume(Path run) throws Exception {
    Launcher.run(folder, arguments(run, "--resume")).exits(0);
    assertThat(TrainRun.weights(run)).isEqualTo(undisturbed);
    assertThat(TrainRun.rounds(run)).hasSize(24);
    assertThat(TrainRun.status(run).get("state").asText()).isEqualTo("done");
  }
}
