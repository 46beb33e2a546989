package convoy.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.ConsoleCapture;
import convoy.jobs.io.WaitingFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundCheckpointsIT extends OnStoppedRun {
  @AfterEach
  void uninstall() {
    WaitingFileSystem.uninstall();
  }

  @Test
  void theNextRoundsAreTrainedWhileACheckpointIsWritten() throws IOException {
    WaitingFileSystem.install("round-00000001/weights", "/best/");
    Path out = own.resolve("held");
    ConsoleCapture trained = train(out, "--set=checkpoint.everyRounds=1");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    for (String file :
        List.of(
            "model/weights.safetensors",
            "best/weights.safetensors",
            "checkpoints/round-00000002/weights.safetensors",
            "checkpoints/round-00000002/optimizer.safetensors",
            "checkpoints/round-00000004/optimizer.safetensors")) {
      assertThat(out.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }

    assertThat(out.resolve("checkpoints/round-00000001/manifest.json")).exists();
  }

  @Test
  void aCheckpointThatCantBeWrittenEndsTheRun() {
    WaitingFileSystem.install("round-00000001/weights", "/none/");
    WaitingFileSystem.refuse();
    ConsoleCapture trained = train(own.resolve("refused"), "--set=checkpoint.everyRounds=1");
    assertThat(trained.exitCode()).isEqualTo(1);
    assertThat(trained.err()).contains("refused");
  }
}
