package convoy.jobs.train;

import static convoy.jobs.train.TrainRun.ALEXNET;
import static convoy.jobs.train.TrainRun.LENET;
import static convoy.jobs.train.TrainRun.train;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.ConsoleCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainIT {
  @TempDir private static Path folder;
  private static Path dataset;

  @BeforeAll
  static void prepare() {
    dataset = TrainRun.dataset(folder, 4, 9, 32); // 36 examples: 18 a worker
  }

  @Test
  void theNumberOfSlotsChangesNoBit() throws IOException {
    Path two = folder.resolve("two-slots");
    Path one = folder.resolve("one-slot");
    assertThat(train("local[2]", ALEXNET, dataset, two, "--set=sync.interval=3").exitCode())
        .isZero();
    assertThat(
            train(
                    "local[1]",
                    ALEXNET,
                    dataset,
                    one,
                    "--set=sync.interval=3",
                    "--set=training.coresPerWorker=1")
                .exitCode())
        .isZero();
    assertThat(TrainRun.weights(one)).isEqualTo(TrainRun.weights(two));
  }

  @Test
  void aRunThatDiedBetweenTwoCheckpointsGoesOnToTheSameBits() throws IOException {
    Path whole = folder.resolve("whole");
    assertThat(train("local[2]", ALEXNET, dataset, whole).exitCode()).isZero();
    // 5 rounds, a checkpoint after each second: this one died in round 4.
    Path died = folder.resolve("died");
    TrainRun.copy(whole, died);
    for (int round : List.of(4, 5)) {
      TrainRun.delete(died.resolve("checkpoints/round-%08d".formatted(round)));
    }

    TrainRun.delete(died.resolve("model"));
    TrainRun.failed(died);
    ConsoleCapture refused = train("local[2]", ALEXNET, dataset, died);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--resume");
    // A later checkpoint without its manifest does not count.
    Files.createDirectories(died.resolve("checkpoints/round-00000004"));
    ConsoleCapture resumed = train("local[2]", ALEXNET, dataset, died, "--resume");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(TrainRun.weights(died)).isEqualTo(TrainRun.weights(whole));
    assertThat(TrainRun.rounds(died)).isEqualTo(IntStream.rangeClosed(1, 5).boxed().toList());
    assertThat(TrainRun.status(died).get("state").asText()).isEqualTo("done");
  }

  @Test
  void aFinishedRunIsLeftAsItIsAndOnlySomeKeysMayChange() throws IOException {
    Path run = folder.resolve("finished");
    assertThat(train("local[2]", LENET, dataset, run, "--resume").exitCode()).isZero();
    byte[] status = Files.readAllBytes(run.resolve("status.json"));
    ConsoleCapture again = train("local[2]", LENET, dataset, run, "--resume");
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("nothing to do");
    assertThat(run.resolve("status.json")).hasBinaryContent(status);
    ConsoleCapture changed =
        train("local[2]", LENET, dataset, run, "--resume", "--set=optimizer.momentum=0.5");
    assertThat(changed.exitCode()).isEqualTo(2);
    assertThat(changed.err()).contains("optimizer.momentum: 0.9 before, 0.5 now");
    Path other = TrainRun.dataset(Files.createDirectory(folder.resolve("other")), 3, 5, 32);
    ConsoleCapture otherData = train("local[2]", LENET, other, run, "--resume");
    assertThat(otherData.exitCode()).isEqualTo(3);
    assertThat(otherData.err()).contains("other data");
    assertThat(
            train("local[2]", LENET, dataset, run, "--resume", "--set=training.epochs=3")
                .exitCode())
        .isZero();
    assertThat(TrainRun.status(run).get("epoch").asInt()).isEqualTo(3);
  }

  @Test
  void damagedCheckpointsAreNotUsed() throws IOException {
    Path run = folder.resolve("damaged");
    assertThat(train("local[2]", LENET, dataset, run).exitCode()).isZero();
    byte[] weights = TrainRun.weights(run);
    TrainRun.flip(run.resolve("checkpoints/round-00000004/weights.safetensors"));
    Path second = run.resolve("checkpoints/round-00000002/optimizer.safetensors");
    TrainRun.flip(second);
    TrainRun.failed(run);
    ConsoleCapture refused = train("local[2]", LENET, dataset, run, "--resume");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err())
        .contains("no checkpoint of", "round-00000004: sizes or hashes differ", "--restart");
    ConsoleCapture own =
        train("local[2]", LENET, dataset, run, "--restart", "--init=" + run.resolve("model"));
    assertThat(own.exitCode()).isEqualTo(2);
    assertThat(own.err()).contains("lies in the run that --restart deletes");
    Files.writeString(run.resolve("notes.txt"), "what I saw");
    ConsoleCapture restarted = train("local[2]", LENET, dataset, run, "--restart");
    assertThat(restarted.exitCode()).as(restarted.err()).isZero();
    assertThat(run.resolve("notes.txt")).hasContent("what I saw");
    assertThat(TrainRun.weights(run)).isEqualTo(weights);
    ConsoleCapture both = train("local[2]", LENET, dataset, run, "--restart", "--resume");
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.err()).contains("--resume and --restart exclude each other");
  }

  @Test
  void aFolderWithARecipeOfSomebodyIsNoRunToRestart() throws IOException {
    Path project = Files.createDirectory(folder.resolve("project"));
    Files.writeString(project.resolve("recipe.yaml"), LENET);
    ConsoleCapture refused = train("local[2]", LENET, dataset, project, "--restart");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("holds no run", "--restart deletes nothing there");
    assertThat(project.resolve("recipe.yaml")).hasContent(LENET);
  }

  @Test
  void allErrorsOfARecipeComeAtOnce() throws IOException {
    ConsoleCapture wrong =
        train(
            "local[2]",
            LENET,
            dataset,
            folder.resolve("never"),
            "--set=training.epoch=3",
            "--set=model.name=lenet5-moden",
            "--set=sync.wire=fp16");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("training.epoch", "did you mean 'epochs'", "lenet5-modern", "sync.wire");
    assertThat(folder.resolve("never")).doesNotExist();
  }

  @Test
  void aDatasetOfOneClassIsRefusedBeforeTheRunIsTaken() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("one-class"));
    try (Stream<Path> classes = Files.list(folder.resolve("pictures/train"))) {
      Path first = classes.sorted().findFirst().orElseThrow();
      TrainRun.copy(first, pictures.resolve("the-only"));
    }

    Path one = folder.resolve("one-class-dataset");
    ConsoleCapture prepared =
        ConsoleCapture.of("prepare", "--source=folder", "--in=" + pictures, "--out=" + one);
    assertThat(prepared.exitCode()).as(prepared.err()).isZero();
    ConsoleCapture refused = train("local[2]", LENET, one, folder.resolve("never"));
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("has 1 class, a network needs at least 2").hasLineCount(1);
    assertThat(folder.resolve("never")).doesNotExist();
  }

  @Test
  void aWrongMasterOrRecipeIsOneLineBeforeTheRunIsTaken() throws IOException {
    ConsoleCapture master = train("local[x]", LENET, dataset, folder.resolve("never"));
    assertThat(master.exitCode()).isEqualTo(2);
    assertThat(master.err())
        .startsWith("convoy train: --master local[x] is unknown")
        .hasLineCount(1);
    ConsoleCapture recipe =
        ConsoleCapture.of(
            "train", "--recipe=" + folder, "--data=" + dataset, "--out=" + folder.resolve("never"));
    assertThat(recipe.exitCode()).isEqualTo(2);
    assertThat(recipe.err()).contains("is a folder: name the recipe's file").hasLineCount(1);
    assertThat(folder.resolve("never")).doesNotExist();
  }

  @Test
  void auxiliaryClassifiersAreTrainedAndLeftOutWhenScoring() throws IOException {
    String recipe = ALEXNET.replace("alexnet-one-tower", "googlenet").replace("63", "80");
    Path run = folder.resolve("googlenet");
    ConsoleCapture trained = train("local[2]", recipe, dataset, run, "--set=sync.interval=9");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    ConsoleCapture scored =
        TrainRun.run(
            "local[2]",
            "score",
            "--model=" + run,
            "--in=" + folder.resolve("pictures/val"),
            "--out=" + folder.resolve("googlenet-scores"),
            "--format=csv");
    assertThat(scored.exitCode()).as(scored.err()).isZero();
    assertThat(folder.resolve("googlenet-scores/part-00000.csv"))
        .content()
        .hasLineCount(9); // A header and 8 pictures.
  }
}
