package convoy.zoo.plan;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.zoo.engine.ChildProcess;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests older CPUs, as far as oneDNN can be told to behave as on one: the same networks compile,
 * learn and predict.
 */
class InstructionSetIT {
  private static final String[] NETWORKS = {
    "plan",
    "lenet5,paper,false",
    "lenet5-modern,paper,false",
    "alexnet,paper,false",
    "alexnet-one-tower,paper,true",
    "caffenet,small,false",
    "vgg11,small,true",
    "vgg16,paper,false",
    "googlenet,paper,false",
    "googlenet,small,true"
  };

  private static List<String> unbounded;

  @BeforeAll
  static void runOnAllThatTheCpuHas() throws Exception {
    unbounded = networks(run(Map.of()));
  }

  private static List<String> run(Map<String, String> environment) throws Exception {
    return ChildProcess.run(InstructionSet.class, List.of("-Xmx1g"), environment, NETWORKS);
  }

  private static List<String> networks(List<String> lines) {
    return lines.stream().filter(line -> line.startsWith("network ")).toList();
  }

  @ParameterizedTest
  @CsvSource({"AVX512_CORE,avx512_core", "AVX2,avx2", "SSE41,sse41"})
  void everyNetworkTrainsAndGivesTheSameProbabilities(String bound, String name) throws Exception {
    Assumptions.assumeTrue(
        dnnl.get_effective_cpu_isa().intern().value >= dnnl.cpu_isa.valueOf(name).value,
        "this CPU has no " + name);
    List<String> lines = run(Map.of("ONEDNN_MAX_CPU_ISA", bound));
    assertThat(lines).anyMatch(line -> line.startsWith("set ") && line.endsWith(" " + name));
    assertThat(lines)
        .anyMatch(
            line -> line.startsWith("bfloat16 precision bfloat16: this CPU has no instructions"));
    List<String> bounded = networks(lines);
    assertThat(bounded).as("%s", lines).hasSameSizeAs(unbounded).hasSize(NETWORKS.length - 1);
    for (int i = 0; i < bounded.size(); i++) {
      String[] expected = unbounded.get(i).split(" ", -1);
      String[] actual = bounded.get(i).split(" ", -1);
      assertThat(actual[1]).isEqualTo(expected[1]);
      assertThat(numbers(actual)).as(actual[1]).allMatch(Double::isFinite);
      assertSame(actual[1], numbers(actual), numbers(expected));
    }
  }

  /** Returns the loss, followed by the probabilities. */
  private static List<Double> numbers(String[] parts) {
    return Arrays.stream(parts).skip(2).map(Double::valueOf).toList();
  }

  private static void assertSame(String network, List<Double> actual, List<Double> expected) {
    assertThat(Math.abs(actual.get(0) - expected.get(0)) / expected.get(0))
        .as("loss of %s", network)
        .isLessThan(1e-4);
    double largest = expected.stream().skip(1).mapToDouble(Math::abs).max().orElseThrow();
    for (int i = 1; i < expected.size(); i++) {
      assertThat(Math.abs(actual.get(i) - expected.get(i)) / largest)
          .as("probability %d of %s", i, network)
          .isLessThan(1e-4);
    }
  }
}
