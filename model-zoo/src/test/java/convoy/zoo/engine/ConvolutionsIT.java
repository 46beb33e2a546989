package convoy.zoo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests that oneDNN has compiled code for every convolution on this processor, so that none runs on
 * its slow reference code.
 */
class ConvolutionsIT {
  /** Each forward pass runs once, and the picture of the first layer gets no gradient. */
  @ParameterizedTest
  @CsvSource({"alexnet-one-tower,5", "alexnet,5", "googlenet,59"})
  void everyConvolutionOfAPlanIsCompiledInAllPasses(String network, int convolutions)
      throws IOException, InterruptedException {
    List<DnnlVerbose> lines = DnnlVerbose.convolutions(output("plan", network));
    assertThat(lines).allMatch(DnnlVerbose::compiled);
    assertThat(lines)
        .filteredOn(line -> line.propagation().equals("forward_training"))
        .hasSize(convolutions);
    assertThat(lines)
        .filteredOn(line -> line.propagation().equals("backward_weights"))
        .hasSize(convolutions);
    assertThat(lines)
        .filteredOn(line -> line.propagation().equals("backward_data"))
        .hasSize(convolutions - 1);
  }

  /** Here each group counts as a convolution of its own. */
  @ParameterizedTest
  @CsvSource({"alexnet-one-tower,5", "alexnet,8"})
  void everyConvolutionOfNd4jsOperationsIsCompiled(String network, int convolutions)
      throws IOException, InterruptedException {
    List<DnnlVerbose> lines = DnnlVerbose.convolutions(output("nd4j", network));
    assertThat(lines).allMatch(DnnlVerbose::compiled);
    assertThat(lines)
        .filteredOn(line -> line.primitive().equals("convolution"))
        .filteredOn(line -> line.propagation().startsWith("forward"))
        .hasSize(convolutions);
    assertThat(lines)
        .filteredOn(line -> line.propagation().equals("backward_weights"))
        .hasSize(convolutions);
    assertThat(lines)
        .filteredOn(line -> line.propagation().equals("backward_data"))
        .hasSizeGreaterThanOrEqualTo(convolutions - 1);
  }

  private static List<String> output(String engine, String network)
      throws IOException, InterruptedException {
    List<String> lines =
        ChildProcess.run(
            OneMinibatch.class, List.of("-Xmx512m"), Map.of("DNNL_VERBOSE", "1"), engine, network);
    assertThat(lines).last().asString().startsWith("loss ");
    return lines;
  }
}
