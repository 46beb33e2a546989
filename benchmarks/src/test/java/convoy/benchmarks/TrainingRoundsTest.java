package convoy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingRoundsTest {
  private static final List<String> LINES =
      List.of(
          round(1, 640, 10, 60_000, 4000),
          round(2, 640, 20, 30_000, 2000),
          round(3, 640, 32, 19_000, 1000),
          round(4, 640, 16, 36_000, 4000),
          round(5, 160, 8, 19_000, 1000),
          "{\"round\":5,\"training\":{\"epoch\":1,\"examples\":2720,\"loss\":2.3}}",
          "{\"round\":5,\"evaluation\":{\"epoch\":1,\"examples\":100,\"top1\":0.1}}");

  private static String round(int round, int images, double speed, long compute, long sync) {
    return ("{\"round\":%d,\"images\":%d,\"imagesPerSecond\":%s,\"computeMs\":%d,\"dataWaitMs\":5,"
            + "\"syncMs\":%d}")
        .formatted(round, images, speed, compute, sync);
  }

  @Test
  void fullRoundsAfterTheFirstCount() throws IOException {
    TrainingRounds rounds = TrainingRounds.of(LINES, 640);
    assertThat(rounds.rounds()).hasSize(3);
    assertThat(rounds.median(TrainingRounds.Round::imagesPerSecond)).isEqualTo(20);
    // The rounds have 640 images in 30, 19 and 36 seconds.
    assertThat(rounds.median(TrainingRounds.Round::withoutExchange))
        .isCloseTo(640 / 30.0, within(1e-9));
  }

  @Test
  void aLineTellsBothRatios() throws IOException {
    assertThat(BenchTrain.line(1, 25, TrainingRounds.of(LINES, 640)).strip().split(" +"))
        .containsExactly("1", "3", "25.0", "20.0", "0.800", "21.3", "0.853", "30000", "5", "2000");
  }

  @Test
  void tooFewPicturesAreSaid() {
    assertThatThrownBy(() -> TrainingRounds.of(LINES, 1280))
        .hasMessage("no round of 1280 images after the first one: take more pictures or epochs");
  }

  @Test
  void aFolderThatIsNoDatasetIsWrongUsage() {
    assertThat(BenchTrain.commandLine().execute("--data", "no-such-folder")).isEqualTo(2);
    assertThat(BenchTrain.commandLine().execute()).isEqualTo(2);
  }
}
