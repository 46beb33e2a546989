package convoy.jobs.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Screen screen = new Screen(bytes, bytes);

  @Test
  void theLineShowsTheLastUpdate() {
    try (Progress progress = Progress.of(NOPLogger.NOP_LOGGER, screen, "rounds", 3)) {
      screen.draw();
      assertThat(bytes.size()).as("before the first step").isZero();

      progress.update(1);
      progress.update(3, List.of("loss 2.3000"), "");
      screen.draw();
      assertThat(bytes.toString(StandardCharsets.UTF_8))
          .contains("100 %  3/3 rounds  loss 2.3000")
          .doesNotContain("33 %");
    }
  }

  @Test
  void theLineShowsTheDetailsThatAreKnownAfterItsLastStep() {
    try (Progress progress = Progress.of(NOPLogger.NOP_LOGGER, screen, "rounds", 3)) {
      progress.update(3, List.of("top-1 0.1000"), "");
      progress.details(List.of("top-1 0.9000"));
      screen.draw();
      assertThat(bytes.toString(StandardCharsets.UTF_8))
          .contains("100 %  3/3 rounds  top-1 0.9000")
          .doesNotContain("0.1000");
    }
  }
}
