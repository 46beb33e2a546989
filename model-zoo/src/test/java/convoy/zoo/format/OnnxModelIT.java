package convoy.zoo.format;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import convoy.zoo.Architecture;
import convoy.zoo.Zoo;
import convoy.zoo.engine.Engines;
import convoy.zoo.engine.Minibatch;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.graph.Graph;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every network of the zoo, exported and run by ONNX Runtime. */
class OnnxModelIT {
  private static final int CLASSES = 7;
  @TempDir private Path folder;

  static List<Architecture> architectures() {
    return Zoo.architectures();
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void onnxRuntimeGivesTheSameLogitsForAnyBatch(Architecture architecture) throws Exception {
    Graph graph = smallest(architecture);
    Path file = folder.resolve("model.onnx");
    Minibatch pictures = Minibatch.drawn(graph, 3, 1);
    FloatBuffer probabilities = Minibatch.direct(3 * CLASSES);
    FloatBuffer logits = Minibatch.direct(3 * CLASSES);
    try (Network network = Engines.open("auto", new NetworkSpec(graph, null, 3, 1))) {
      network.initialize(5);
      network.predict(pictures.images(), 3, probabilities);
      Graph.Node last = graph.nodes().get(graph.nodes().size() - 2);
      if (last.output().size() == CLASSES) {
        network.activations(last.name(), 3, logits);
      } else {
        logits = null; // LeNet-5's distances lie inside its output.
      }

      try (OutputStream out = Files.newOutputStream(file)) {
        OnnxModel.write(out, graph, network.layout(), network.parameters(), Map.of("key", "value"));
      }
    }

    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file.toString())) {
      assertThat(session.getMetadata().getCustomMetadata()).containsEntry("key", "value");
      assertSame(run(environment, session, graph, pictures, "probabilities"), probabilities);
      if (logits != null) {
        assertSame(run(environment, session, graph, pictures, "logits"), logits);
      }

      run(environment, session, graph, pictures.part(0, 1), "probabilities");
    }
  }

  private static Graph smallest(Architecture architecture) {
    int channels = architecture.defaultInputChannels();
    for (int size = 8; ; size++) {
      try {
        return architecture
            .graph(new Architecture.Options(CLASSES, size, channels, -1, "paper"))
            .inference();
      } catch (IllegalArgumentException tooSmall) {
        assertThat(size).isLessThan(architecture.defaultInputSize());
      }
    }
  }

  private static FloatBuffer run(
      OrtEnvironment environment,
      OrtSession session,
      Graph graph,
      Minibatch pictures,
      String output)
      throws OrtException, IOException {
    long[] shape = {
      pictures.size(), graph.input().channels(), graph.input().height(), graph.input().width()
    };
    try (OnnxTensor images = OnnxTensor.createTensor(environment, pictures.images(), shape);
        OrtSession.Result result = session.run(Map.of("images", images))) {
      return ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
    }
  }

  private static void assertSame(FloatBuffer actual, FloatBuffer expected) {
    assertThat(actual.remaining()).isEqualTo(expected.capacity());
    double error = 0;
    double largest = 0;
    for (int i = 0; i < expected.capacity(); i++) {
      error = Math.max(error, Math.abs(actual.get(i) - expected.get(i)));
      largest = Math.max(largest, Math.abs(expected.get(i)));
    }

    assertThat(error / largest).isLessThan(1e-4);
  }
}
