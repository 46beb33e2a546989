package convoy.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.cluster.Await;
import convoy.jobs.cluster.Finished;
import convoy.jobs.cluster.Launcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests two processes on one run. A scheduler starts the second one after losing contact with the
 * first.
 */
class TrainOwnerIT {
  @TempDir private Path folder;
  private Path dataset;
  private Path recipe;
  private Path run;

  @Test
  void aSecondOwnerIsRefusedWhileTheFirstLivesAndTakesOverWhenItWasKilled() throws Exception {
    dataset = TrainRun.dataset(folder, 4, 9, 32);
    recipe = Files.writeString(folder.resolve("recipe.yaml"), TrainRun.LENET);
    run = folder.resolve("run");
    Process first = Launcher.start(folder, folder.resolve("log"), arguments(9999));
    try {
      untilACheckpoint(first);
      Finished second = Launcher.run(folder, arguments(9999)).exits(1);

      List<String> said =
          second.err().lines().filter(line -> line.startsWith("convoy train: ")).toList();
      assertThat(said)
          .containsExactly(
              "convoy train: file:%s is being trained by process %d on %s: stop it, or choose another --out"
                  .formatted(run, first.pid(), TrainRun.status(run).at("/owner/host").asText()));
      assertThat(second.err()).doesNotContain("\tat ");
      assertThat(first.isAlive()).isTrue();
    } finally {
      first.destroyForcibly();
    }

    assertThat(first.waitFor(1, TimeUnit.MINUTES)).isTrue();
    // This many epochs end some time after the point at which the run was killed.
    int epochs = TrainRun.rounds(run).size();
    Finished third = Launcher.run(folder, arguments(epochs)).exits(0);
    assertThat(third.err()).contains("resuming after round ").doesNotContain("waiting up to");
    assertThat(TrainRun.status(run).get("state").asText()).isEqualTo("done");
  }

  private String[] arguments(int epochs) {
    return new String[] {
      "--master",
      "local[2]",
      "train",
      "--recipe=" + recipe,
      "--data=" + dataset,
      "--out=" + run,
      "--set=training.epochs=" + epochs,
      "--resume"
    };
  }

  private void untilACheckpoint(Process process) {
    Path log = folder.resolve("log");
    Path checkpoint = run.resolve("checkpoints/round-00000004/manifest.json");
    Await.until(
        checkpoint + ", log " + log,
        Duration.ofMinutes(2),
        () -> {
          assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
          return Files.exists(checkpoint) ? Optional.of(checkpoint) : Optional.empty();
        });
  }
}
