package convoy.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void aBarFillsWithTheWork() {
    assertThat(Progress.line(0, 20, "rounds", ""))
        .startsWith("[....")
        .contains("  0 % 0/20 rounds");
    assertThat(Progress.line(10, 20, "rounds", "loss=2.30"))
        .isEqualTo("[###############...............]  50 % 10/20 rounds loss=2.30");
    assertThat(Progress.line(20, 20, "rounds", "")).startsWith("[##############################]");
  }

  @Test
  void whatIsLoggedAfterARestStandsOnALineOfItsOwn() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream terminal = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try (Progress progress = Progress.bar(terminal, "rounds", 3)) {
      progress.update(3, "");
      progress.rest();
      terminal.print("log\n");
    }

    assertThat(bytes.toString(StandardCharsets.UTF_8)).endsWith(" 3/3 rounds \nlog\n");
  }

  @Test
  void theLastStepIsAlwaysShownAndClosingEndsTheLine() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Progress progress =
        Progress.bar(new PrintStream(bytes, true, StandardCharsets.UTF_8), "pictures", 3)) {
      progress.update(1, "");
      progress.update(2, "");
      progress.update(3, "");
    }

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("100 % 3/3 pictures")
        .endsWith("\n");
  }
}
