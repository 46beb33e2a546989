package convoy.zoo.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import convoy.zoo.Zoo;
import convoy.zoo.format.ModelFormatException;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads files that Keras 1 and 2 wrote, from DL4J's tests. The imported weights must give the
 * results that are stored beside them.
 */
class KerasFilesTest {
  private static final String FOLDER = "dl4j_test_resources/";

  /**
   * Only the names of its parameters matter: the n-th layer with weights belongs to its n-th one.
   */
  private static final Graph NAMES =
      Zoo.architecture("lenet5-modern").graph(Zoo.architecture("lenet5-modern").defaults());

  @Test
  void aModelOfKeras1IsReadAndComputes() throws IOException {
    Path file = Tensors.model(FOLDER + "keras1_cnn_simple/cnn_tf_model.h5");
    double[] planes = numbers(Tensors.model(FOLDER + "keras1_cnn_simple/cnn_tf_input.txt"));
    try (WeightsFile keras = new KerasFormat().open(file)) {
      assertThat(keras.input()).contains(new Shape(3, 8, 8));
      Map<String, float[]> weights = weights(keras);
      double[] probabilities =
          new PlainLayers(3, 8, 8, planes)
              .convolution(3, 2, weights.get("conv1.weight"), weights.get("conv1.bias"))
              .each(x -> 1 / (1 + Math.exp(-x)))
              .convolution(2, 3, weights.get("conv2.weight"), weights.get("conv2.bias"))
              .each(x -> Math.max(0, x))
              .globalMaximum()
              .dense(weights.get("fc3.weight"), weights.get("fc3.bias"))
              .each(x -> Math.max(0, x))
              .dense(weights.get("fc4.weight"), weights.get("fc4.bias"))
              .softmax()
              .values();
      double[] expected = numbers(Tensors.model(FOLDER + "keras1_cnn_simple/cnn_tf_output.txt"));

      assertThat(probabilities).containsExactly(expected, within(1e-6));
    }
  }

  @Test
  void aModelOfKeras2WithBatchNormalizationIsReadAndComputes() throws IOException {
    Path folder = Tensors.model(FOLDER + "keras2_cnn_batch_norm");
    double[] pixels = array(folder.resolve("input.npy"));
    double[] expected = array(folder.resolve("predictions.npy"));
    try (WeightsFile keras = new KerasFormat().open(folder.resolve("cnn_batch_norm.h5"))) {
      Map<String, float[]> weights = weights(keras);
      String norm = "batch_normalization_1/batch_normalization_1/";
      double gain =
          weights.get(norm + "gamma:0")[0]
              / Math.sqrt(weights.get(norm + "moving_variance:0")[0] + 1e-3);
      for (int example = 0; example < expected.length; example++) {
        double[] out =
            new PlainLayers(3, 10, 10, planes(pixels, example, 3, 100))
                .convolution(3, 3, weights.get("conv1.weight"), weights.get("conv1.bias"))
                .each(
                    x ->
                        (x - weights.get(norm + "moving_mean:0")[0]) * gain
                            + weights.get(norm + "beta:0")[0])
                .each(x -> Math.max(0, x))
                .convolution(3, 3, weights.get("conv2.weight"), weights.get("conv2.bias"))
                .dense(weights.get("fc3.weight"), weights.get("fc3.bias"))
                .values();

        assertThat(out[0]).isCloseTo(expected[example], within(1e-6));
      }
    }
  }

  /**
   * scripts/keras-sample.py wrote this file. It is in the repository, so the test needs no other
   * data.
   */
  @Test
  void aFunctionalModelOfTheanoInPackedChunksIsImported() throws Exception {
    Path file = Path.of(getClass().getResource("keras-sample.h5").toURI());
    try (ModelImport read =
        ModelImport.open("keras", file, Zoo.architecture("lenet5-modern"), null)) {
      assertThat(read.options()).isEqualTo(Zoo.architecture("lenet5-modern").defaults());
      FloatBuffer weights = FloatBuffer.allocate(read.layout().length());
      read.parameters().read(0, weights);
      read.layout()
          .tensors()
          .forEach(
              tensor -> {
                List<Integer> shape = tensor.shape();
                for (int at = 0; at < tensor.size(); at++) {
                  int out = at / (tensor.size() / shape.get(0));
                  int in = at % (tensor.size() / shape.get(0));
                  // Kernels are flipped: the last place comes first. Dense layers read planes in
                  // their stored order, channels first.
                  int places = shape.size() == 4 ? 25 : 1;
                  int channel = in / places;
                  int place = shape.size() == 4 ? 24 - in % 25 : 0;
                  int channels = tensor.size() / shape.get(0) / places;
                  int source = (place * channels + channel) * shape.get(0) + out;
                  float expected = tensor.bias() ? at / 256f : source % 251 / 256f - 0.5f;
                  assertThat(weights.get(tensor.offset() + at)).isEqualTo(expected);
                }
              });
    }
  }

  @Test
  void axesThatChangeTheirMeaningAreRefused() {
    // The first layer of this model has channels first, the others have channels last.
    Path file = Tensors.model(FOLDER + "simpleconv2d_model.hdf5");

    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(
            () -> ModelImport.open("keras", file, Zoo.architecture("lenet5-modern"), null).close())
        .withMessage(
            "layer max_pooling2d_1 has data_format channels_last, layers before it channels_first:"
                + " axes change their meaning between them");
  }

  @Test
  void weightsWithoutTheModelAreRefused() {
    Path file = Tensors.model(FOLDER + "keras1_cnn_simple/cnn_tf_weights.h5");

    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> new KerasFormat().open(file).close())
        .withMessageStartingWith("no model_config or no model_weights inside");
  }

  /** A file that is cut or has changed bytes is either read all the same or refused in one line. */
  @Test
  void aDamagedFileIsRefusedOrRead(@TempDir Path folder) throws IOException {
    byte[] whole = Files.readAllBytes(Tensors.model("keras_lenet5_mnist/lenet.h5"));
    Path file = folder.resolve("damaged.h5");
    Random random = new Random(5);
    int refused = 0;
    for (int round = 0; round < 120; round++) {
      byte[] bytes =
          round % 4 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
      for (int change = 0; round % 4 != 0 && change < 200; change++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }

      Files.write(file, bytes);
      refused += isRefused(file) ? 1 : 0;
    }

    assertThat(refused).isBetween(30, 120);
  }

  private static boolean isRefused(Path file) throws IOException {
    try (ModelImport read =
        ModelImport.open("keras", file, Zoo.architecture("lenet5-modern"), null)) {
      read.parameters().read(0, FloatBuffer.allocate(read.parameters().length()));
      return false;
    } catch (ModelFormatException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return true;
    } catch (UncheckedIOException refused) {
      assertThat(refused).hasCauseInstanceOf(ModelFormatException.class);
      return true;
    }
  }

  /**
   * Returns the weights by the name of their parameter, or by their name in the file if there is
   * none.
   */
  private static Map<String, float[]> weights(WeightsFile file) throws IOException {
    Map<String, float[]> weights = new HashMap<>();
    for (SourceTensor tensor : file.tensors(NAMES)) {
      weights.put(
          tensor.parameter() == null ? tensor.name() : tensor.parameter(), Tensors.values(tensor));
    }

    return weights;
  }

  /** Converts one of several pictures from H, W, C to C, H, W. */
  private static double[] planes(double[] pixels, int example, int channels, int area) {
    double[] planes = new double[channels * area];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = pixels[(example * area + i % area) * channels + i / area];
    }

    return planes;
  }

  private static double[] numbers(Path file) throws IOException {
    return Stream.of(Files.readString(file).strip().split("\\s+", -1))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  private static double[] array(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    NpyHeader header = NpyHeader.read("array", new ByteArrayInputStream(bytes));
    ByteBuffer data = ByteBuffer.wrap(bytes, header.bytes(), bytes.length - header.bytes());
    FloatBuffer floats = header.type().floats(data.slice().order(header.order()));
    double[] numbers = new double[floats.capacity()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = floats.get(i);
    }

    return numbers;
  }
}
