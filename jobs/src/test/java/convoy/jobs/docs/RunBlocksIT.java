package convoy.jobs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.ConsoleCapture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the blocks of docs/ that are marked with {@code <!-- run -->} beside the demo's pictures. In
 * an output, a line of three dots stands for any lines.
 */
class RunBlocksIT {
  private static final Path DOCS = Path.of("..", "docs");

  /** What the commands write, and what they read: they run in the folder of the demo. */
  private static final Pattern PATH = Pattern.compile("(demo|pictures)(/.*)?|\\w+\\.png");

  /** Pages that must have such blocks, so that a changed marker isn't taken for none. */
  private static final Set<String> PAGES =
      Set.of("docs/data.md", "docs/from-convolution-to-googlenet.md");

  @TempDir private static Path folder;

  static List<RunBlock> blocks() throws IOException {
    return RunBlock.in(DOCS);
  }

  /** These are the arguments of scripts/demo. */
  @BeforeAll
  static void drawTheDemosPictures() {
    ConsoleCapture drawn =
        ConsoleCapture.of(
            "generate",
            "--out=" + folder.resolve("demo/pictures"),
            "--classes=10",
            "--per-class=100");
    assertThat(drawn.exitCode()).as(drawn.err()).isZero();
  }

  @Test
  void dataAndTheLectureHaveBlocksThatAreRun() throws IOException {
    assertThat(
            blocks().stream()
                .map(block -> block.page().substring(0, block.page().indexOf(':')))
                .collect(Collectors.toSet()))
        .containsAll(PAGES);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void theOutputIsWhatThePageShows(RunBlock block) {
    String printed = "";
    for (String command : block.commands()) {
      ConsoleCapture console =
          local(
              RunBlock.arguments(command).stream()
                  .map(
                      argument ->
                          PATH.matcher(argument).matches()
                              ? folder.resolve(argument).toString()
                              : argument)
                  .toArray(String[]::new));
      assertThat(console.exitCode()).as("%s: %s", command, console.err()).isZero();
      printed = console.out().replace(folder + "/", "");
    }

    if (block.output() != null) {
      assertThat(printed)
          .as("output of %s; if the change is meant, write it into the page", block.page())
          .matches(expected(block.output()));
    }
  }

  private static ConsoleCapture local(String... arguments) {
    System.setProperty("spark.master", "local[2]");
    try {
      return ConsoleCapture.of(arguments);
    } finally {
      System.clearProperty("spark.master");
    }
  }

  private static Pattern expected(List<String> output) {
    return Pattern.compile(
        output.stream()
            .map(
                line ->
                    line.strip().equals("...")
                        ? "(?:.*\\R)*?"
                        : Pattern.quote(line.stripTrailing()) + " *\\R")
            .collect(Collectors.joining()));
  }
}
