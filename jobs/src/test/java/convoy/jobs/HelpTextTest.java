package convoy.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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
    for (int columns : new int[] {80, 120, 80}) {
      String help = HelpText.of(command, columns);
      assertThat(help.lines()).allMatch(line -> line.length() <= columns);
      assertThat(List.of(help.split("\\s+")))
          .containsAll(words.stream().filter(word -> word.matches("\\w+([./=-]+\\w+)+")).toList());
    }
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
