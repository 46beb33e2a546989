package convoy.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.ConsoleCapture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark asks a missing master three times, for 20 seconds each. */
@Tag("soak")
class MissingMasterIT {
  @TempDir private Path folder;

  @AfterEach
  void clear() {
    System.clearProperty("spark.master");
  }

  @Test
  void aMasterThatDoesNotAnswerIsNamed() throws IOException {
    int port;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = unused.getLocalPort();
    }

    Path pictures = folder.resolve("pictures");
    assertThat(
            ConsoleCapture.of("generate", "--out=" + pictures, "--classes=2", "--per-class=2")
                .exitCode())
        .isZero();
    System.setProperty("spark.master", "spark://127.0.0.1:" + port);
    ConsoleCapture refused =
        ConsoleCapture.of(
            "prepare", "--source=folder", "--in=" + pictures, "--out=" + folder.resolve("data"));
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains("convoy prepare: the master spark://127.0.0.1:" + port + " did not answer")
        .doesNotContain("\tat ");
  }
}
