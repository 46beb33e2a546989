package convoy.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class HelpTextTest {
  static Stream<CommandLine> commands() {
    List<CommandLine> all = new ArrayList<>();
    add(Main.commandLine(), all);
    return all.stream();
  }

  private static void add(CommandLine command, List<CommandLine> all) {
    all.add(command);
    command.getSubcommands().values().forEach(inner -> add(inner, all));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void namesAreNotCutAndLinesFit(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    String given =
        Stream.concat(
                Stream.of(spec.usageMessage().description()),
                spec.options().stream().flatMap(option -> Stream.of(option.description())))
            .collect(Collectors.joining(" "));
    // What is between spaces in the texts stays between spaces in the help.
    List<String> words = List.of(given.split("\\s+"));
    for (int columns : new int[] {60, 80, 120, 60}) {
      String help = HelpText.of(command, columns);
      assertThat(help.lines()).allMatch(line -> line.length() <= columns);
      assertThat(List.of(help.split("\\s+")))
          .containsAll(words.stream().filter(word -> word.matches("\\w+([./=-]+\\w+)+")).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void noOptionStandsTwiceInTheSynopsis(CommandLine command) {
    String help = HelpText.of(command, 80);
    String synopsis =
        help.lines().takeWhile(line -> line.matches("(Usage:| ).*")).collect(Collectors.joining());
    assertThat(Pattern.compile("--[\\w-]+").matcher(synopsis).results().map(MatchResult::group))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80})
  void eachExitCodeHasALineOfItsOwn(int columns) {
    assertThat(HelpText.of(Main.commandLine(), columns).lines())
        .containsSequence(
            "Exit codes (2 to 5 are never worth a retry):",
            "  0   done",
            "  1   anything else, such as a full disk",
            "  2   wrong usage or recipe",
            "  3   missing or bad data",
            "  4   a quality gate was missed",
            "  5   training diverged");
  }

  @Test
  void aNarrowHelpHasTheDescriptionsBelowTheOptions() {
    assertThat(HelpText.of(Main.commandLine().getSubcommands().get("export"), 60).lines())
        .containsSequence(
            "  --model=MODEL",
            "          Folder of a model, or of the run of convoy train",
            "            that made it.",
            "  --to=FORMAT",
            "          onnx or safetensors.")
        .containsSequence("  -h, --help", "          Show this help and end.");
  }

  @Test
  void anExampleInQuotesStaysInOneLine() {
    CommandLine simulate = Main.commandLine().getSubcommands().get("simulate");
    assertThat(HelpText.of(simulate.getSubcommands().get("convolution"), 80))
        .contains("'1 0 -1; 2 0 -2; 1 0 -1'");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void requiredOptionsComeFirst(CommandLine command) {
    List<Boolean> required =
        command.getCommandSpec().options().stream().map(OptionSpec::required).toList();
    List<Boolean> sorted = new ArrayList<>(required);
    sorted.sort((one, other) -> Boolean.compare(other, one));
    assertThat(required).isEqualTo(sorted);
  }
}
