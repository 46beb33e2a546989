package convoy.jobs.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLineTest {
  private static final List<String> DETAILS =
      List.of("1512 images/s", "loss 0.1234", "top-1 0.9876", "epoch 6.00");

  private final ProgressLine line = ProgressLine.of(282, 564, "rounds", 754, DETAILS);

  @Test
  void aWideWindowShowsAll() {
    assertThat(line.fit(199))
        .isEqualTo(
            "[###############...............]  50 %  282/564 rounds  12:34 left  1512 images/s"
                + "  loss 0.1234  top-1 0.9876  epoch 6.00");
  }

  @Test
  void eightyAndSixtyColumnsKeepTimeSpeedLossAndAccuracy() {
    assertThat(line.fit(79))
        .isEqualTo(" 50 %  282/564 rounds  12:34 left  1512 images/s  loss 0.1234  top-1 0.9876");
    assertThat(line.fit(59))
        .isEqualTo(" 50 %  12:34 left  1512 images/s  loss 0.1234  top-1 0.9876");
  }

  @Test
  void everyWidthIsKept() {
    for (int columns = 0; columns < 200; columns++) {
      assertThat(line.fit(columns)).hasSizeLessThanOrEqualTo(columns);
    }
  }

  @Test
  void theEndHasNoTimeLeftAndAnUnknownTimeIsLeftOut() {
    assertThat(ProgressLine.of(20, 20, "files", 0, List.of()).fit(79))
        .isEqualTo("[##############################] 100 %  20/20 files");
    assertThat(ProgressLine.of(0, 20, "files", -1, List.of()).fit(79))
        .isEqualTo("[..............................]   0 %  0/20 files");
  }

  @ParameterizedTest
  @CsvSource({"0, 0:00", "65, 1:05", "3599, 59:59", "3600, 1h00m", "86399, 23h59m", "90000, 1d01h"})
  void timesAreShort(long seconds, String text) {
    assertThat(ProgressLine.time(seconds)).isEqualTo(text);
  }
}
