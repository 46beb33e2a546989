package convoy.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executors of a training are lost in the middle of a round. The weights are those of an
 * undisturbed training in one JVM, to the last bit.
 */
@Tag("soak")
class ExecutorFaultsIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String RECIPE =
      """
      model: {name: alexnet-one-tower, inputSize: 64, dropout: 0.5}
      data:
        train: [{randomCrop: {size: 64, padding: 4}}, {flip: horizontal}]
        evaluation: [{centerCrop: 64}]
      optimizer: {momentum: 0.9, weightDecay: 0.0005}
      schedule: {name: cosine, learningRate: 0.01}
      training: {epochs: 12, workers: 2, batchSizePerWorker: 8, seed: 7}
      sync: {interval: 1}
      checkpoint: {everyRounds: 2}
      evaluation: {everyEpochs: 12}
      """;

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;
  private static Path undisturbed;

  @BeforeAll
  static void trainUndisturbed() throws Exception {
    Files.writeString(folder.resolve("recipe.yaml"), RECIPE);
    Launcher.run(folder, "generate", "--out=pictures", "--classes=4", "--per-class=12", "--size=64")
        .exits(0);
    Launcher.run(folder, "prepare", "--source=folder", "--in=pictures", "--out=dataset").exits(0);
    undisturbed = folder.resolve("undisturbed");
    List<String> command = new ArrayList<>(List.of("--master", "local[2]"));
    command.addAll(train(undisturbed));
    Launcher.run(folder, command.toArray(String[]::new)).exits(0);
    cluster = StandaloneCluster.start("faults", 2);
  }

  @AfterAll
  static void stopCluster() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static List<String> train(Path out) {
    return List.of(
        "train",
        "--recipe=" + folder.resolve("recipe.yaml"),
        "--data=" + folder.resolve("dataset"),
        "--out=" + out);
  }

  /** A training on the cluster. */
  private record Faulty(Path out, Path log, EventLog events, Process process)
      implements AutoCloseable {
    static Faulty start(String name) throws IOException {
      EventLog events = new EventLog(Files.createDirectory(folder.resolve(name + "-events")));
      Path out = folder.resolve(name);
      Path log = folder.resolve(name + ".log");
      List<String> command = new ArrayList<>(events.options());
      command.addAll(train(out));
      return new Faulty(out, log, events, cluster.start(folder, log, command));
    }

    void await(String what, Callable<Boolean> reached) {
      Await.until(
          what + " of the training with the log " + log,
          LIMIT,
          () -> {
            assertThat(process.isAlive()).as("the training runs: %s", text()).isTrue();
            return Optional.of(true).filter(yes -> call(reached));
          });
    }

    private static boolean call(Callable<Boolean> reached) {
      try {
        return reached.call();
      } catch (Exception notYet) {
        return false;
      }
    }

    /** The log, after the training has ended with the same weights as undisturbed. */
    String sameWeights() throws IOException, InterruptedException {
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as(text()).isTrue();
      assertThat(process.exitValue()).as(text()).isZero();
      assertThat(out.resolve("model/weights.safetensors"))
          .hasSameBinaryContentAs(undisturbed.resolve("model/weights.safetensors"));
      return text();
    }

    private String text() throws IOException {
      return Files.readString(log, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Test
  void executorsLostInTheMiddleOfRoundsChangeNoBit() throws Exception {
    try (Faulty training = Faulty.start("lost")) {
      EventLog events = training.events;
      while (events.failuresInTraining().isEmpty()) {
        String one = twoTrain(training).get(0);
        long begun = events.roundsBegun();
        training.await("a round", () -> events.roundsBegun() > begun);
        lose(training, one);
      }

      while (events.failuresInReducing().isEmpty()) {
        lose(training, twoTrain(training).get(0));
      }

      assertThat(training.text()).as("a second copy serves").doesNotContain("goes back");
      twoTrain(training)
          .forEach(executor -> cluster.executor(executor).orElseThrow().destroyForcibly());
      assertThat(training.sameWeights()).containsOnlyOnce("the run goes back from round");
    }
  }

  /** Ends an executor, and waits until Spark has seen a task of it fail. */
  private static void lose(Faulty training, String executor) throws IOException {
    EventLog events = training.events;
    int before = events.failuresInTraining().size() + events.failuresInReducing().size();
    cluster.executor(executor).orElseThrow().destroyForcibly();
    training.await(
        "a lost task",
        () -> events.failuresInTraining().size() + events.failuresInReducing().size() > before);
  }

  /**
   * Waits until all workers have trained a round, and two executors three rounds: how many copies a
   * state gets is decided before the round that makes it.
   */
  private static List<String> twoTrain(Faulty training) throws IOException {
    EventLog events = training.events;
    long trained = events.roundsTrained();
    List<String> two = new ArrayList<>();
    training.await(
        "rounds on two executors",
        () -> {
          two.clear();
          if (events.roundsTrained() > trained) {
            events.trainersOfLast(3).stream()
                .filter(executor -> cluster.executor(executor).isPresent())
                .forEach(two::add);
          }

          return two.size() == 2;
        });
    return two;
  }
}
