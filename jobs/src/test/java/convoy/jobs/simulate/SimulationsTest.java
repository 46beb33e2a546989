package convoy.jobs.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import convoy.data.image.Decoder;
import convoy.data.image.Encoder;
import convoy.data.image.Picture;
import convoy.jobs.ConsoleCapture;
import convoy.jobs.network.UntrainedModel;
import convoy.jobs.spark.HadoopSettings;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulationsTest {
  /** 4 x 4, a step from 10 to 20 between the second and the third column. */
  private static final Planes STEP =
      new Planes(
          1, 4, 4, new float[] {10, 10, 20, 20, 10, 10, 20, 20, 10, 10, 20, 20, 10, 10, 20, 20});

  @TempDir private Path folder;

  @Test
  void sobelFindsTheStep() {
    Planes valid =
        new ConvolutionSimulation(Filters.kernel("sobel-x"), 1, Border.VALID, false).apply(STEP);
    assertThat(valid.values()).containsExactly(40, 40, 40, 40);
    Planes same =
        new ConvolutionSimulation(Filters.kernel("sobel-x"), 1, Border.SAME, true).apply(STEP);
    assertThat(same.toString()).isEqualTo("1 x 4 x 4");
    // The zeros around the picture are steps too: down to them is negative, and ReLU cuts it.
    assertThat(same.values())
        .containsExactly(30, 30, 30, 0, 40, 40, 40, 0, 40, 40, 40, 0, 30, 30, 30, 0);
  }

  @Test
  void aFilterSeesAllChannelsAndAKernelEachByItself() {
    Planes colour = new Planes(3, 1, 2, new float[] {1, 2, 3, 4, 5, 6});
    assertThat(
            new ConvolutionSimulation(Filters.kernel("2"), 1, Border.VALID, false)
                .apply(colour)
                .values())
        .containsExactly(2, 4, 6, 8, 10, 12);
    Filters filters = Filters.random(4, 3, 1, 1);
    Planes result = new ConvolutionSimulation(filters, 1, Border.VALID, false).apply(colour);
    assertThat(result.toString()).isEqualTo("4 x 1 x 2");
    float[] w = filters.weights().get(2);
    assertThat(result.at(2, 0, 1)).isEqualTo((float) (2.0 * w[0] + 4.0 * w[1] + 6.0 * w[2]));
  }

  @Test
  void theSumIsWrittenOut() {
    Planes input = new Planes(3, 5, 5, new float[75]);
    ConvolutionSimulation layer =
        new ConvolutionSimulation(Filters.random(2, 3, 5, 1), 1, Border.VALID, false);
    assertThat(layer.explain(input, 0, 0, 0)).startsWith("75 products at 0,0:").contains("w'x + b");
  }

  @Test
  void poolsTakeTheGreatestOrTheMeanOfWhatIsThere() {
    Planes input = new Planes(1, 3, 3, new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
    assertThat(
            new PoolingSimulation(PoolingSimulation.Mode.MAX, 2, 1, Border.VALID)
                .apply(input)
                .values())
        .containsExactly(5, 6, 8, 9);
    assertThat(
            new PoolingSimulation(PoolingSimulation.Mode.MAX, 2, 2, Border.SAME)
                .apply(input)
                .values())
        .containsExactly(5, 6, 8, 9);
    assertThat(
            new PoolingSimulation(PoolingSimulation.Mode.AVERAGE, 2, 2, Border.SAME)
                .apply(input)
                .values())
        .containsExactly(3, 4.5f, 7.5f, 9);
  }

  @Test
  void whatIsNoKernelIsSaid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Filters.kernel("sobel"))
        .withMessageContaining("'sobel' is not a number")
        .withMessageContaining("sobel-x");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Filters.kernel("1 2; 3"))
        .withMessageContaining("row 2 has 1 of 2");
    for (String number : List.of("NaN", "-Infinity", "1e39")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Filters.kernel("1 0; 0 " + number))
          .withMessageContaining("'" + number + "' is no finite number");
    }
  }

  @Test
  void theCommandsLeavePicturesAndPrintTheArithmetic() throws Exception {
    Path image = folder.resolve("picture.png");
    Files.write(image, Encoder.png(new Picture(32, 24, 3, new byte[32 * 24 * 3])));
    Path out = folder.resolve("out");
    ConsoleCapture convolution =
        ConsoleCapture.of(
            "simulate",
            "convolution",
            "--image=" + image,
            "--out=" + out,
            "--filters=6",
            "--kernel-size=5",
            "--at=1,2");
    assertThat(convolution.err()).isEmpty();
    assertThat(convolution.exitCode()).isZero();
    assertThat(convolution.out())
        .contains(
            "W2 = (W1 - F + 2P) / S + 1 = (32 - 5 + 2 * 0) / 1 + 1 = 28\n",
            "output      6 x 20 x 28",
            "F * F * D1 * K + K = 5 * 5 * 3 * 6 + 6 = 456",
            "75 products at 1,2:");
    Picture sheet = Decoder.decode(Files.readAllBytes(out.resolve("result.png")));
    assertThat(sheet.width()).isEqualTo(3 * 28 + 2 * 2);
    assertThat(out.resolve("kernel-06.png")).exists();

    ConsoleCapture pooling =
        ConsoleCapture.of(
            "simulate", "pooling", "--image=" + image, "--out=" + out, "--mode=average");
    assertThat(pooling.exitCode()).isZero();
    assertThat(pooling.out()).contains("output      3 x 12 x 16");
  }

  /** Even padding is the lecture's 2P. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          VALID | 48 | 3 | 1 | W2 = (W1 - F + 2P) / S + 1 = (48 - 3 + 2 * 0) / 1 + 1 = 46
          SAME  | 48 | 3 | 1 | W2 = (W1 - F + 2P) / S + 1 = (48 - 3 + 2 * 1) / 1 + 1 = 48
          SAME  | 48 | 2 | 1 | W2 = (W1 - F + P before + P after) / S + 1 = (48 - 2 + 0 + 1) / 1 + 1 = 48
          SAME  | 48 | 3 | 2 | W2 = (W1 - F + P before + P after) / S + 1 = (48 - 3 + 0 + 1) / 2 + 1 = 24
          VALID | 48 | 3 | 2 | W2 = (W1 - F + 2P) / S + 1 = (48 - 3 + 2 * 0) / 2 + 1 = 23, rounded down
          """)
  void theFormulaIsTheLecturesAndShowsBothSidesOfUnevenPadding(
      Border border, int input, int kernel, int stride, String formula) {
    assertThat(border.formula(input, kernel, stride)).isEqualTo(formula);
  }

  @Test
  void aNetworkIsLookedInto() throws Exception {
    Path model = UntrainedModel.small(folder.resolve("model"), 1, "cat", "dog", "eel");
    Path image = folder.resolve("picture.png");
    Files.write(image, Encoder.png(new Picture(90, 100, 3, new byte[90 * 100 * 3])));
    Path out = folder.resolve("network");
    ConsoleCapture run =
        ConsoleCapture.of(
            "simulate", "network", "--model=" + model, "--image=" + image, "--out=" + out);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines().limit(3)).allMatch(line -> line.matches("0\\.\\d{4}  \\w{3}  .*"));
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "filters.png",
              "input.png",
              "attention.png",
              "maps-01-conv1.png",
              "maps-02-pool1.png",
              "maps-03-conv2.png",
              "maps-04-pool2.png");
    }
  }

  @Test
  void anInceptionModuleIsOneStage() throws Exception {
    Path model =
        UntrainedModel.write(
            folder.resolve("model"),
            "googlenet",
            new Architecture.Options(3, 80, 3, -1, "paper"),
            1,
            "cat",
            "dog",
            "eel");
    try (NetworkSimulation network =
        NetworkSimulation.open(HadoopSettings.local().configuration(), model.toString())) {
      assertThat(network.stages())
          .extracting(Graph.Node::name)
          .startsWith("conv1", "pool1", "conv2.3x3reduce", "conv2.3x3", "pool2", "inception3a")
          .endsWith("inception5a", "inception5b")
          .noneMatch(name -> name.contains("5x5") || name.contains("auxiliary"));
    }
  }

  @Test
  void aNormalizedConvolutionIsOneStage() throws Exception {
    Path model =
        UntrainedModel.write(
            folder.resolve("normalized"),
            "vgg11",
            new Architecture.Options(3, 32, 3, -1, "paper", "small", true),
            1,
            "cat",
            "dog",
            "eel");
    try (NetworkSimulation network =
        NetworkSimulation.open(HadoopSettings.local().configuration(), model.toString())) {
      assertThat(network.stages())
          .extracting(Graph.Node::name)
          .startsWith("conv1_1.bn", "pool1", "conv2_1.bn", "pool2", "conv3_1.bn", "conv3_2.bn");
    }
  }

  @Test
  void whatIsWrongIsToldBeforeAnythingIsPrinted() throws IOException {
    Path image = folder.resolve("small.png");
    Files.write(image, Encoder.png(new Picture(4, 4, 3, new byte[48])));
    Path file = Files.createFile(folder.resolve("file"));
    for (String wrong : List.of("--at=2,2", "--at=1", "--at=0,1,1", "--at=x,0", "--at=-1,0")) {
      assertRefused(
          wrong + ": give X,Y from 0,0 to 1,1",
          "convolution",
          "--kernel=blur",
          wrong,
          "--image=" + image,
          "--out=" + folder.resolve("unused"));
    }

    assertRefused(
        "--out " + file + " is a file; name a folder",
        "pooling",
        "--image=" + image,
        "--out=" + file);
  }

  private static void assertRefused(String message, String... arguments) {
    List<String> all = new ArrayList<>(List.of("simulate"));
    all.addAll(List.of(arguments));
    ConsoleCapture refused = ConsoleCapture.of(all.toArray(String[]::new));
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err().replace("--at ", "--at=")).contains(message).hasLineCount(1);
    assertThat(refused.out()).isEmpty();
  }

  @Test
  void mistakesAreOneLine() {
    assertThat(ConsoleCapture.of("simulate").exitCode()).isEqualTo(2);
    ConsoleCapture absent =
        ConsoleCapture.of(
            "simulate", "pooling", "--image=" + folder.resolve("no.png"), "--out=" + folder);
    assertThat(absent.exitCode()).isEqualTo(3);
    assertThat(absent.err()).contains("no such file").hasLineCount(1);
    ConsoleCapture both =
        ConsoleCapture.of("simulate", "convolution", "--image=x", "--out=" + folder);
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.err()).contains("either --kernel or --filters");
  }
}
