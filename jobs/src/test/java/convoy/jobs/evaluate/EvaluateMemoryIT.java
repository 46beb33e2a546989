package convoy.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.image.Encoder;
import convoy.data.image.Picture;
import convoy.jobs.cluster.Finished;
import convoy.jobs.cluster.Launcher;
import convoy.jobs.engine.UntrainedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture that prepare could decode, in a process with less memory. */
class EvaluateMemoryIT {
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
    picture("val/a/large.jpg", 13_000);
    Path dataset = folder.resolve("dataset");
    Launcher.run(folder, "prepare", "--source=folder", "--in=in", "--out=" + dataset).exits(0);
    Path model = UntrainedModel.small(folder.resolve("model"), 5, "a", "b");
    Finished run =
        Launcher.run(
                folder,
                Map.of("CONVOY_DRIVER_MEMORY", "500m"),
                "evaluate",
                "--model=" + model,
                "--data=" + dataset)
            .exits(1);
    assertThat(run.err())
        .contains("convoy evaluate: example val/a/large.jpg: no memory for 13000 x 13000 pixels")
        .contains("CONVOY_DRIVER_MEMORY")
        .doesNotContain("prepare again", "\tat ");
  }
}
