package convoy.zoo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** oneDNN compiles every convolution for this processor: none runs on its slow reference code. */
class ConvolutionsIT {
  @TempDir Path folder;

  /** Each forward pass runs once, and the first layer's picture gets no gradient. */
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

  /** Groups are convolutions of their own there. */
  @ParameterizedTest
  @CsvSource({"alexnet-one-tower,5", "alexnet,8"})
  void everyConvolutionOfDl4jsOperationsIsCompiled(String network, int convolutions)
      throws IOException, InterruptedException {
    List<DnnlVerbose> lines = DnnlVerbose.convolutions(output("dl4j", network));
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

  private List<String> output(String engine, String network)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                OneMinibatch.class.getName(),
                engine,
                network)
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().put("DNNL_VERBOSE", "1");
    Process process = builder.start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    process.destroyForcibly();
    List<String> lines = Files.readAllLines(out, StandardCharsets.UTF_8);
    assertThat(ended).as("%s", lines).isTrue();
    assertThat(lines).last().asString().startsWith("loss ");
    return lines;
  }
}
