package convoy.jobs.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Screen screen = new Screen(bytes, bytes);
  private final PrintStream log = screen.stream(bytes, true);
  private final Emulator window = new Emulator(80);

  @Test
  void logLinesPassAboveTheLine() {
    screen.add(columns -> "training");
    screen.draw();
    log.println("a warning");
    screen.draw();
    log.println("another");
    screen.draw();

    assertThat(shown().rows()).containsExactly("a warning", "another", "training");
  }

  @Test
  void theLineWaitsUntilATextHasItsLineBreak() {
    screen.add(columns -> "training");
    screen.draw();
    log.print("half of ");
    screen.draw();
    log.println("a text");
    screen.draw();

    assertThat(shown().rows()).containsExactly("half of a text", "training");
  }

  @Test
  void theNewestStatusWithATextIsShownAndNothingIsLeftAfterTheLast() {
    Status command = columns -> "working";
    Status empty = columns -> null;
    screen.add(command);
    screen.add(empty);
    screen.draw();
    assertThat(shown().rows()).containsExactly("working");

    screen.remove(command);
    screen.remove(empty);
    assertThat(shown().rows()).isEmpty();
  }

  @Test
  void aLineThatANarrowerWindowHasWrappedLeavesNothing() {
    screen.add(columns -> "x".repeat(columns));
    log.println("a warning");
    screen.draw();
    assertThat(shown().rows()).containsExactly("a warning", "x".repeat(79));

    window.resize(60);
    log.println("another");
    screen.draw(); // The width is not known yet, so the line is too long.
    assertThat(shown().rows()).containsExactly("a warning", "another", "x".repeat(60));

    screen.resize(60);
    screen.draw();
    assertThat(shown().rows()).containsExactly("a warning", "another", "x".repeat(59));
  }

  @Test
  void whatFollowsTheLastLineIsDropped() {
    screen.add(columns -> "training");
    screen.draw();
    screen.end("convoy train: stopped");
    log.println("a trace");
    screen.draw();

    assertThat(shown().rows()).containsExactly("convoy train: stopped");
  }

  @Test
  void controlCharactersAreShownAndNotObeyed() {
    log.println("a\u001b[2Jb\u0007c\rd\u009be\u007f\tä\u00a0€ 😀");

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("a\\x1b[2Jb\\x07c\\x0dd\\x9be\\x7f\tä\u00a0€ 😀\n");
  }

  @Test
  void withoutATerminalNothingIsDrawn() {
    Screen plain = new Screen(null, bytes);
    plain.add(columns -> "training");
    plain.draw();
    plain.stream(bytes, false).println("text");
    plain.end("stopped");

    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("text\nstopped\n");
  }

  private Emulator shown() {
    window.write(bytes.toString(StandardCharsets.UTF_8));
    bytes.reset();
    return window;
  }
}
