package convoy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchEngineTest {
  private static Agenda agenda(String... arguments) {
    CommandLine commandLine = BenchEngine.commandLine();
    commandLine.parseArgs(arguments);
    BenchEngine command = commandLine.getCommand();
    return command.agenda();
  }

  @Test
  void withoutOptionsAllFourNetworksAreMeasuredOnOneAndTwoThreads() {
    assertThat(agenda())
        .isEqualTo(
            new Agenda(
                List.of("lenet5-modern", "alexnet-one-tower", "vgg16", "googlenet"),
                List.of(1, 2),
                false));
  }

  @Test
  void optionsTakeListsWithCommas() {
    assertThat(agenda("--quick", "--networks", "vgg16,alexnet", "--threads=2"))
        .isEqualTo(new Agenda(List.of("vgg16", "alexnet"), List.of(2), true));
  }

  @Test
  void unknownNetworksAndThreadsAreRefusedWithARemedy() {
    assertThatThrownBy(() -> agenda("--networks", "vgg-16"))
        .hasMessageContaining("--networks: unknown model 'vgg-16'")
        .hasMessageContaining("did you mean 'vgg16'?");
    assertThatThrownBy(() -> agenda("--threads", "0"))
        .hasMessage("--threads 0: an engine needs at least 1");
  }

  @Test
  void memoryAndReplicasHaveTablesOfTheirOwn() {
    assertThatThrownBy(() -> agenda("--memory", "--json=rows.json"))
        .hasMessageContaining("leave --replicas and --json out");
    assertThatThrownBy(() -> agenda("--replicas", "--threads=1"))
        .hasMessage("--replicas needs --threads of more than 1");
  }

  @Test
  void wrongUsageEndsWithTwo() {
    assertThat(BenchEngine.commandLine().execute("--fast")).isEqualTo(2);
    assertThat(BenchEngine.commandLine().execute("--networks", "vgg-16")).isEqualTo(2);
  }
}
