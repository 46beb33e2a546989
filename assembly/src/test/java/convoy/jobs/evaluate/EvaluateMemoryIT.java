package convoy.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.image.Encoder;
import convoy.data.image.Picture;
import convoy.jobs.cluster.Finished;
import convoy.jobs.cluster.Launcher;
import convoy.jobs.network.UntrainedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluates a picture that prepare could decode, in a process with less memory. */
class EvaluateMemoryIT {
  private static final String RECIPE =
      """
      model: {name: lenet5-modern, inputSize: 32}
      data: {train: [{resize: 32x32}], evaluation: [{resize: 32x32}]}
      training: {epochs: 1, batchSizePerWorker: 3, seed: 7}
      """;

  @TempDir private Path folder;

  private void picture(String name, int side) throws IOException {
    Path file = folder.resolve("in").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, Encoder.jpeg(new Picture(side, side, 3, new byte[side * side * 3]), 90));
  }

  @Test
  void aPictureThatFindsNoMemoryIsNoBadData() throws Exception {
    picture("train/a/1.jpg", 40);
    picture("train/b/1.jpg", 41);
    picture("train/a/large.jpg", 13_000);
    picture("val/a/1.jpg", 42);
    run("1500m", "prepare", "--source=folder", "--in=in", "--out=dataset").exits(0);
    UntrainedModel.small(folder.resolve("model"), 5, "a", "b");
    endsWithoutMemory("evaluate", "--model=model", "--data=dataset", "--split=train");

    Files.writeString(folder.resolve("recipe.yaml"), RECIPE);
    endsWithoutMemory("train", "--recipe=recipe.yaml", "--data=dataset", "--out=run");
  }

  private void endsWithoutMemory(String command, String... options) throws Exception {
    String[] arguments =
        Stream.concat(Stream.of(command), Stream.of(options)).toArray(String[]::new);
    assertThat(run("500m", arguments).exits(1).err())
        .contains(
            "convoy %s: example train/a/large.jpg: no memory for 13000 x 13000 pixels"
                .formatted(command))
        .contains("; CONVOY_DRIVER_MEMORY sets that of one JVM")
        .doesNotContain("prepare again", "\tat ");
  }

  private Finished run(String heap, String... arguments) throws Exception {
    return Launcher.run(folder, Map.of("CONVOY_DRIVER_MEMORY", heap), arguments);
  }
}
