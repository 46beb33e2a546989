package convoy.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.cluster.Await;
import convoy.jobs.cluster.ConvoyProcess;
import convoy.jobs.cluster.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes that train in one folder. */
class TrainTwiceIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir private static Path folder;
  private static Path dataset;
  private static Path recipe;

  @TempDir private Path own;
  private Path run;
  private Process first;

  @BeforeAll
  static void draw() throws IOException {
    dataset = TrainRun.dataset(folder, 4, 9, 32);
    recipe = Files.writeString(folder.resolve("recipe.yaml"), TrainRun.LENET);
  }

  /** Trains in a process, with a checkpoint and so many renames in every round. */
  @BeforeEach
  void trainSlowly() throws IOException {
    run = own.resolve("run");
    List<String> slow =
        List.of(
            "-Xmx1g",
            "-Dspark.hadoop.fs.file.impl=" + SlowRenames.class.getName(),
            "-Dspark.hadoop." + SlowRenames.MILLIS + "=300",
            "-Dspark.hadoop.fs.file.impl.disable.cache=true");
    first =
        new ProcessBuilder(ConvoyProcess.command(slow, arguments("--set=checkpoint.everyRounds=1")))
            .redirectErrorStream(true)
            .redirectOutput(own.resolve("log").toFile())
            .start();
    Await.until(
        "a checkpoint, log " + own.resolve("log"),
        LIMIT,
        () -> {
          assertThat(first.isAlive()).as(Files.readString(own.resolve("log"))).isTrue();
          return Optional.of(run.resolve("checkpoints/round-00000001/manifest.json"))
              .filter(Files::exists);
        });
  }

  @AfterEach
  void end() throws InterruptedException {
    first.destroyForcibly().waitFor();
  }

  private String[] arguments(String more) {
    return new String[] {
      "train",
      "--recipe=" + recipe,
      "--data=" + dataset,
      "--out=" + run,
      "--set=training.epochs=100000",
      "--resume",
      more
    };
  }

  @Test
  void theSecondIsRefusedWhateverItSeesBetweenTwoRenames() throws Exception {
    for (int knock = 0; knock < 2; knock++) {
      Finished second =
          Finished.run(
              LIMIT,
              Map.of(),
              own,
              ConvoyProcess.command(List.of("-Xmx1g"), arguments("--set=checkpoint.keep=3")));
      second.exits(1);
      assertThat(second.err())
          .contains("is being trained by process " + first.pid())
          .doesNotContain("can't be read", "\tat ");
    }

    assertThat(first.isAlive()).isTrue();
  }

  @Test
  void theFirstEndsSoonAfterAnotherHasTakenItsRunAndLeavesItsFilesAlone() throws Exception {
    Path status = run.resolve("status.json");
    String other =
        Files.readString(status)
            .replaceFirst("\"attempt\"\\s*:\\s*\"[^\"]*\"", "\"attempt\":\"another\"");
    // A beat that had begun may replace it, and is then no proof of anything.
    Await.until(
        "the other owner in " + status,
        LIMIT,
        () -> {
          Files.writeString(status, other);
          LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
          return Optional.of(status).filter(file -> contains(file, "another"));
        });
    assertThat(first.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(first.exitValue()).isEqualTo(1);
    assertThat(Files.readAllLines(own.resolve("log")))
        .last()
        .asString()
        .startsWith("convoy train: ")
        .contains("was taken over by another");
    assertThat(status).hasContent(other);
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (IOException problem) {
      throw new java.io.UncheckedIOException(problem);
    }
  }
}
