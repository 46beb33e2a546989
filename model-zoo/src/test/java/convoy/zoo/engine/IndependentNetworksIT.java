package convoy.zoo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.zoo.Engines;
import convoy.zoo.Zoo;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the large networks with forward passes that were written in NumPy from the papers alone
 * (scripts/reference-networks.py). Both compute weights and inputs with the same formula. An input
 * of variance 1 reveals wrong biases, and one as large as pixels reveals a wrong normalization.
 */
class IndependentNetworksIT {
  private static final double TOLERANCE = 1e-4;

  @ParameterizedTest
  @ValueSource(strings = {"alexnet", "vgg16", "googlenet"})
  void logitsAndStatisticsOfEveryLayerAreThePapers(String name) throws IOException {
    Architecture architecture = Zoo.architecture(name);
    Graph graph = architecture.graph(architecture.defaults()).inference();
    try (Network network = Engines.open("auto", new NetworkSpec(graph, null, 1, 2))) {
      fill(graph, network);
      for (Iterator<Map.Entry<String, JsonNode>> kinds = cases(name).fields(); kinds.hasNext(); ) {
        Map.Entry<String, JsonNode> kind = kinds.next();
        FloatBuffer image = image(graph.input().size(), kind.getKey().equals("unit"));
        network.predict(image, 1, Minibatch.direct(graph.classes()));
        kind.getValue()
            .path("layers")
            .fields()
            .forEachRemaining(
                layer ->
                    assertStatistics(
                        kind.getKey() + " " + layer.getKey(),
                        activations(graph, network, layer.getKey()),
                        layer.getValue()));
        Graph.Node last = graph.nodes().get(graph.nodes().size() - 2);
        assertLogits(
            activations(graph, network, last.name()),
            kind.getValue().path("logits"),
            kind.getKey());
      }
    }
  }

  private static JsonNode cases(String name) throws IOException {
    try (InputStream in =
        IndependentNetworksIT.class.getResourceAsStream("reference-" + name + ".json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static void fill(Graph graph, Network network) {
    List<Parameter> parameters = graph.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      double bound = parameter.bias() ? 0.1 : Math.sqrt(6.0 / parameter.fanIn(0));
      float[] values = new float[parameter.size()];
      long stream = i + 2L; // Tensor number n draws from the streams 2n and 2n + 1.
      IntStream.range(0, values.length)
          .parallel()
          .forEach(at -> values[at] = (float) ((uniform(stream, at) * 2 - 1) * bound));
      network
          .parameters()
          .write(network.layout().tensors().get(i).offset(), FloatBuffer.wrap(values));
    }
  }

  private static FloatBuffer image(int size, boolean unit) {
    FloatBuffer image = Minibatch.direct(size);
    for (int at = 0; at < size; at++) {
      double draw = uniform(0, at);
      image.put(at, (float) (unit ? (draw - 0.5) * Math.sqrt(12) : draw * 255 - 127.5));
    }

    return image;
  }

  /** Returns a number in [0, 1), the same as in the script. */
  private static double uniform(long stream, long index) {
    long z = index + stream * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    z ^= z >>> 31;
    return (z >>> 40) / (double) (1 << 24);
  }

  private static float[] activations(Graph graph, Network network, String layer) {
    int size =
        graph.nodes().stream()
            .filter(node -> node.name().equals(layer))
            .findFirst()
            .orElseThrow()
            .output()
            .size();
    FloatBuffer buffer = Minibatch.direct(size);
    network.activations(layer, 1, buffer);
    float[] values = new float[size];
    buffer.get(0, values);
    return values;
  }

  private static void assertStatistics(String layer, float[] values, JsonNode expected) {
    double mean = 0;
    for (float value : values) {
      mean += value / values.length;
    }

    double variance = 0;
    for (float value : values) {
      variance += (value - mean) * (value - mean) / values.length;
    }

    double deviation = expected.path(1).asDouble();
    assertThat(Math.abs(mean - expected.path(0).asDouble()) / deviation)
        .as("mean of %s", layer)
        .isLessThan(TOLERANCE);
    assertThat(Math.abs(Math.sqrt(variance) - deviation) / deviation)
        .as("deviation of %s", layer)
        .isLessThan(TOLERANCE);
  }

  private static void assertLogits(float[] logits, JsonNode expected, String kind) {
    double error = 0;
    double largest = 0;
    for (int i = 0; i < logits.length; i++) {
      error = Math.max(error, Math.abs(logits[i] - expected.path(i).asDouble()));
      largest = Math.max(largest, Math.abs(expected.path(i).asDouble()));
    }

    assertThat(logits).hasSize(expected.size());
    assertThat(error / largest).as("logits of %s", kind).isLessThan(TOLERANCE);
  }
}
