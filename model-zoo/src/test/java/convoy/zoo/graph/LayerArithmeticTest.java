package convoy.zoo.graph;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.zoo.graph.LayerArithmetic.Padding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerArithmeticTest {
  @ParameterizedTest
  @CsvSource({
    "227, 11, 4, 0, 55, 55", // AlexNet's conv1
    "224, 11, 4, 2, 55, 56",
    "112, 3, 2, 0, 55, 56", // GoogLeNet's pool1 needs the ceiling
    "32, 5, 1, 0, 28, 28",
    "32, 3, 1, 1, 32, 32",
    "2, 3, 1, 0, 0, 0"
  })
  void outputSizes(int input, int kernel, int stride, int padding, int floor, int ceil) {
    assertThat(LayerArithmetic.outputSize(input, kernel, stride, padding)).isEqualTo(floor);
    assertThat(LayerArithmetic.outputSizeCeil(input, kernel, stride, padding)).isEqualTo(ceil);
  }

  @ParameterizedTest
  @CsvSource({
    "32, 5, 1, 2, 2",
    "32, 2, 2, 0, 0",
    "33, 2, 2, 0, 1",
    "28, 4, 1, 1, 2",
    "9, 1, 3, 0, 0"
  })
  void samePaddingGivesTheInputsSizeOverTheStride(
      int input, int kernel, int stride, int before, int after) {
    Padding padding = LayerArithmetic.same(input, kernel, stride);
    assertThat(padding).isEqualTo(new Padding(before, after));
    assertThat(LayerArithmetic.outputSize(input, kernel, stride, padding))
        .isEqualTo((input + stride - 1) / stride);
  }

  @ParameterizedTest
  @CsvSource({"5, 3, 6, 456", "11, 3, 96, 34944", "1, 1, 1, 2"})
  void parametersOfAConvolution(int kernel, int channels, int filters, long parameters) {
    assertThat(LayerArithmetic.convolutionParameters(kernel, channels, filters))
        .isEqualTo(parameters);
  }

  @ParameterizedTest
  @CsvSource({"11, 3, 96, 55, 55, 105415200"})
  void multiplyAddsOfAConvolution(
      int kernel, int channels, int filters, int width, int height, long expected) {
    assertThat(LayerArithmetic.convolutionMultiplyAdds(kernel, channels, filters, width, height))
        .isEqualTo(expected);
  }
}
