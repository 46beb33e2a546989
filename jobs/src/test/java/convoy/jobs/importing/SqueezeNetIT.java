package convoy.jobs.importing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.data.image.BadPictureException;
import convoy.data.image.Decoder;
import convoy.data.image.Picture;
import convoy.data.pipeline.Pipeline;
import convoy.data.pipeline.Pipelines;
import convoy.data.pipeline.Preprocessing.ChannelOrder;
import convoy.jobs.predict.Ranking;
import convoy.zoo.Engines;
import convoy.zoo.Zoo;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.graph.Architecture;
import convoy.zoo.importing.ModelImport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

/** Layers, decoder and preprocessing, tested with weights that another program trained. */
class SqueezeNetIT {
  private static final String FOLDER = "models/squeezenet_v1_0_imagenet/";
  private static final Architecture ARCHITECTURE = Zoo.architecture("squeezenet-1.0-caffe");
  private static final int[] MEAN = {104, 117, 123};

  @Test
  void theLogitsAreThoseOfANumpyForwardPass() throws IOException {
    FloatBuffer picture = RealData.direct(ARCHITECTURE.defaults().input().size());
    int area = picture.capacity() / MEAN.length;
    for (int at = 0; at < picture.capacity(); at++) {
      picture.put(at, (float) (Math.floor(uniform(1, at) * 256) - MEAN[at / area]));
    }

    FloatBuffer logits = RealData.direct(1000);
    try (Network network = network()) {
      network.predict(picture, 1, RealData.direct(1000));
      network.activations("pool10", 1, logits);
    }

    double error = 0;
    double largest = 0;
    try (InputStream in = getClass().getResourceAsStream("squeezenet-logits.json")) {
      JsonNode expected = new ObjectMapper().readTree(in);
      assertThat(expected).hasSize(1000);
      for (int i = 0; i < 1000; i++) {
        error = Math.max(error, Math.abs(logits.get(i) - expected.get(i).asDouble()));
        largest = Math.max(largest, Math.abs(expected.get(i).asDouble()));
      }
    }

    System.out.printf("SqueezeNet's logits: max|a-b|/max|b| %.1e%n", error / largest);
    assertThat(error / largest).isLessThan(1e-4);
  }

  @Test
  void aHundredPhotographsAreSeenAsExpected() throws IOException {
    Map<String, byte[]> pictures = pictures();
    Pipeline pipeline = Pipelines.evaluation(options().preprocessing(227, 3, false));
    List<String> rows =
        Files.readAllLines(RealData.path(FOLDER + "expected_top5_imagenet1k_sample.csv"));
    int first = 0;
    int five = 0;
    try (Network network = network()) {
      for (String row : rows.subList(1, rows.size())) {
        String[] fields = row.split(",", -1);
        FloatBuffer picture = RealData.direct(pipeline.length());
        pipeline.apply(decoded(pictures.get(fields[0])), 0, picture);
        float[] probabilities = predict(network, picture);
        first += Ranking.top(probabilities, 1)[0] == label(fields[2]) ? 1 : 0;
        five += hasTheFive(probabilities, fields) ? 1 : 0;
      }
    }

    System.out.printf("SqueezeNet: %d equal in top-1, %d in all five probabilities%n", first, five);
    assertThat(rows).hasSize(101);
    assertThat(first).isGreaterThanOrEqualTo(95);
    assertThat(five).isGreaterThanOrEqualTo(90);
  }

  /** The input as in Caffe: blue first, mean subtracted, resized and cropped as in the csv. */
  private static ImportOptions options() {
    return new ImportOptions(
        "npz",
        ARCHITECTURE.name(),
        null,
        "in",
        "out",
        null,
        1,
        List.of(104.0, 117.0, 123.0),
        List.of(1.0),
        ChannelOrder.BGR,
        "256x256",
        227,
        null);
  }

  private static Network network() throws IOException {
    Path file = RealData.path(FOLDER + "squeezenet_v1_0_caffe_weights.npz");
    Network network =
        Engines.open(
            "auto", new NetworkSpec(ARCHITECTURE.graph(ARCHITECTURE.defaults()), null, 1, 1));
    try (ModelImport weights = ModelImport.open("npz", file, ARCHITECTURE, null)) {
      assertThat(weights.options()).isEqualTo(ARCHITECTURE.defaults());
      assertThat(weights.layout().length()).isEqualTo(1_248_424);
      for (ParameterLayout.Tensor tensor : weights.layout().tensors()) {
        FloatBuffer values = FloatBuffer.allocate(tensor.size());
        weights.parameters().read(tensor.offset(), values);
        network.parameters().write(tensor.offset(), values.flip());
      }
    }

    return network;
  }

  private static Map<String, byte[]> pictures() throws IOException {
    Map<String, byte[]> pictures = new HashMap<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            Files.newInputStream(RealData.path("imagenet1k_sample/images.tar")))) {
      for (TarArchiveEntry e = tar.getNextTarEntry(); e != null; e = tar.getNextTarEntry()) {
        pictures.put(e.getName(), tar.readAllBytes());
      }
    }

    return pictures;
  }

  private static Picture decoded(byte[] bytes) {
    try {
      return Decoder.decode(bytes);
    } catch (BadPictureException bad) {
      throw new AssertionError(bad);
    }
  }

  private static float[] predict(Network network, FloatBuffer picture) {
    FloatBuffer probabilities = RealData.direct(1000);
    network.predict(picture.clear(), 1, probabilities);
    float[] values = new float[1000];
    probabilities.get(0, values);
    return values;
  }

  private static boolean hasTheFive(float[] probabilities, String[] fields) {
    for (int place = 2; place < 7; place++) {
      double expected = Double.parseDouble(fields[place].substring(fields[place].indexOf(':') + 1));
      if (Math.abs(probabilities[label(fields[place])] - expected) > 2e-3) {
        return false;
      }
    }

    return true;
  }

  private static int label(String labelAndProbability) {
    return Integer.parseInt(labelAndProbability.substring(0, labelAndProbability.indexOf(':')));
  }

  /** Numbers in [0, 1), the same as in the script. */
  private static double uniform(long stream, long index) {
    long z = index + stream * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    z ^= z >>> 31;
    return (z >>> 40) / (double) (1 << 24);
  }
}
