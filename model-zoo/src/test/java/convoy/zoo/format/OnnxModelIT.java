package convoy.zoo.format;

import static convoy.zoo.graph.Activation.NONE;
import static convoy.zoo.graph.Activation.RELU;
import static convoy.zoo.graph.GraphBuilder.identity;
import static convoy.zoo.graph.Window.kernel;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import convoy.zoo.Engines;
import convoy.zoo.Variant;
import convoy.zoo.engine.Minibatch;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.GraphBuilder;
import convoy.zoo.graph.Initializer;
import convoy.zoo.graph.Parameter;
import convoy.zoo.graph.Shape;
import convoy.zoo.graph.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests every network of the zoo in every form: ND4J's operations, the plan, and ONNX Runtime with
 * the exported file.
 */
class OnnxModelIT {
  private static final int CLASSES = 7;
  @TempDir private Path folder;

  static List<Variant> typical() {
    return Variant.typical();
  }

  static List<Variant> otherColumns() {
    return Variant.otherColumns();
  }

  /** Both engines export the same file, and ONNX Runtime gives the same logits as they do. */
  @ParameterizedTest
  @MethodSource("typical")
  void theEnginesAndOnnxRuntimeGiveTheSameLogitsForAnyBatch(Variant variant) throws Exception {
    compare(variant.graph(CLASSES, variant.smallest()).inference());
  }

  @ParameterizedTest
  @MethodSource("otherColumns")
  @Tag("soak")
  void theyDoForVggsOtherColumnsToo(Variant variant) throws Exception {
    theEnginesAndOnnxRuntimeGiveTheSameLogitsForAnyBatch(variant);
  }

  @Test
  void residualBlocksAreTheSameToo() throws Exception {
    Weights biased = Weights.of(new Initializer.He()).bias(0.1);
    Weights weights = Weights.of(new Initializer.He()).withoutBias();
    compare(
        GraphBuilder.build(
            "residual",
            new Shape(3, 16, 16),
            CLASSES,
            net ->
                net.batchNormalized(true)
                    .convolution("conv", 16, kernel(3).padding(1), weights, RELU)
                    .addition(
                        "block1",
                        RELU,
                        branch ->
                            branch
                                .convolution("block1.1", 16, kernel(3).padding(1), weights, RELU)
                                .convolution("block1.2", 16, kernel(3).padding(1), weights, NONE),
                        identity())
                    .batchNormalized(false)
                    .addition(
                        "block2",
                        NONE,
                        branch -> branch.convolution("block2.1", 8, kernel(1), weights, RELU),
                        branch -> branch.convolution("block2.2", 8, kernel(1), weights, NONE),
                        branch -> branch.convolution("block2.3", 8, kernel(1), weights, NONE))
                    .averagePooling("pool", kernel(16))
                    .fullyConnected("fc", CLASSES, biased, NONE)
                    .softmax("softmax")));
  }

  private void compare(Graph graph) throws Exception {
    Minibatch pictures = Minibatch.drawn(graph, 3, 1);
    Path file = folder.resolve("plan.onnx");
    Path other = folder.resolve("nd4j.onnx");
    Answer plan = answer("plan", graph, pictures, file);
    Answer nd4j = answer("nd4j", graph, pictures, other);
    assertSame(nd4j.probabilities(), plan.probabilities());
    plan.logits().ifPresent(logits -> assertSame(nd4j.logits().orElseThrow(), logits));
    assertThat(Files.mismatch(file, other)).isEqualTo(-1);
    Files.delete(other);

    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file.toString())) {
      assertThat(session.getMetadata().getCustomMetadata()).containsEntry("key", "value");
      assertSame(run(environment, session, graph, pictures, "probabilities"), plan.probabilities());
      if (plan.logits().isPresent()) {
        assertSame(
            run(environment, session, graph, pictures, "logits"), plan.logits().orElseThrow());
      }

      run(environment, session, graph, pictures.part(0, 1), "probabilities");
    }
  }

  /**
   * The output of an engine.
   *
   * @param logits empty for LeNet-5, whose distances exist only inside its output layer
   */
  private record Answer(FloatBuffer probabilities, Optional<FloatBuffer> logits) {}

  private static Answer answer(String engine, Graph graph, Minibatch pictures, Path file)
      throws IOException {
    int size = pictures.size();
    FloatBuffer probabilities = Minibatch.direct(size * CLASSES);
    Graph.Node last = graph.nodes().get(graph.nodes().size() - 2);
    Optional<FloatBuffer> logits =
        last.output().size() == CLASSES
            ? Optional.of(Minibatch.direct(size * CLASSES))
            : Optional.empty();
    try (Network network = Engines.open(engine, new NetworkSpec(graph, null, size, 1))) {
      network.initialize(5);
      moveStatistics(network);
      network.predict(pictures.images(), size, probabilities);
      logits.ifPresent(values -> network.activations(last.name(), size, values));
      try (OutputStream out = Files.newOutputStream(file)) {
        OnnxModel.write(out, graph, network.layout(), network.parameters(), Map.of("key", "value"));
      }
    }

    return new Answer(probabilities, logits);
  }

  /** With running means of 0 and variances of 1, swapped ones might go unnoticed. */
  private static void moveStatistics(Network network) {
    for (ParameterLayout.Tensor tensor : network.layout().tensors()) {
      if (tensor.kind() == Parameter.Kind.STATISTIC) {
        FloatBuffer values = FloatBuffer.allocate(tensor.size());
        for (int i = 0; i < tensor.size(); i++) {
          values.put(i, tensor.name().endsWith("mean") ? 0.01f * (i % 7) : 0.5f + 0.1f * (i % 5));
        }

        network.parameters().write(tensor.offset(), values);
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
