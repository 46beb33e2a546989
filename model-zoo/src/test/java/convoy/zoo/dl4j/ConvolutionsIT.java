package convoy.zoo.dl4j;

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

  /** Forward, both gradients of all layers but the first, whose picture needs none. */
  @ParameterizedTest
  @CsvSource({"alexnet-one-tower,5", "alexnet,8"})
  void everyConvolutionForwardAndBackwardIsCompiled(String network, int convolutions)
      throws IOException, InterruptedException {
    List<String> lines = DnnlVerbose.convolutions(output(network));
    assertThat(lines).filteredOn(line -> line.contains(",convolution,")).isNotEmpty();
    assertThat(lines).allMatch(DnnlVerbose::compiled);
    assertThat(lines)
        .filteredOn(line -> line.contains(",convolution,") && line.contains(",forward"))
        .hasSize(convolutions);
    assertThat(lines).filteredOn(line -> line.contains(",backward_weights,")).hasSize(convolutions);
  }

  private List<String> output(String network) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                OneMinibatch.class.getName(),
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
