package convoy.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @Test
  void versionPrintsTheVersionOfTheBuild() {
    ConsoleCapture console = ConsoleCapture.of("version");

    assertThat(console.exitCode()).isZero();
    assertThat(console.out()).matches("convoy +\\d+\\.\\d+\\.\\d+\n");
    assertThat(console.err()).isEmpty();
  }

  @Test
  void verboseVersionNamesWhatItRunsOn() {
    ConsoleCapture console = ConsoleCapture.of("version", "--verbose", "--json");

    assertThat(console.exitCode()).isZero();
    assertThat(console.out())
        .contains("\"spark\" : \"3.5.9\"", "\"scala\" : \"2.12.18\"", "\"hadoop\" : \"3.3.4\"")
        .contains("\"dl4j\" : \"1.0.0-M2.1\"", "\"opencv\" : \"4.", "\"cpu\"")
        .contains("libnd4jcpu.so", "libopencv_imgcodecs.so")
        .doesNotContain("failed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vresion | convoy: unknown command 'vresion', did you mean 'version'?; see convoy --help",
        "version --verbos | convoy version: unknown option '--verbos', did you mean '--verbose'?;"
            + " see convoy version --help",
        "version --jsn=1 | convoy version: unknown option '--jsn', did you mean '--json'?;"
            + " see convoy version --help",
        "version now | convoy version: unexpected argument 'now'; see convoy version --help",
      })
  void wrongUsageIsOneLineWithTheValueAndASuggestion(String arguments, String line) {
    ConsoleCapture console = ConsoleCapture.of(arguments.split(" "));

    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).isEqualTo(line + "\n");
    assertThat(console.out()).isEmpty();
  }

  @Test
  void nothingToDoShowsTheHelpAsAnError() {
    ConsoleCapture console = ConsoleCapture.of();

    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("Usage: convoy", "version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"inspect", "plan", "import", "report", "doctor"})
  void commandsThatAreNotBuiltYetSaySo(String command) {
    ConsoleCapture console = ConsoleCapture.of(command, "--out", "x");

    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).isEqualTo("convoy " + command + ": not supported yet\n");
    assertThat(ConsoleCapture.of("--help").out()).doesNotContain("  " + command);
  }

  @Test
  void helpIsNoError() {
    assertThat(ConsoleCapture.of("--help").exitCode()).isZero();
    ConsoleCapture console = ConsoleCapture.of("version", "--help");

    assertThat(console.exitCode()).isZero();
    assertThat(console.out()).contains("Usage: convoy version", "--verbose", "--json");
  }
}
