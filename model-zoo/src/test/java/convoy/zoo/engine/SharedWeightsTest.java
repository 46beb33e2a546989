package convoy.zoo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import convoy.zoo.Engines;
import convoy.zoo.Zoo;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import convoy.zoo.optimizer.Sgd;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests weights that several networks read, in each engine. */
@ParameterizedClass
@ValueSource(strings = {"plan", "nd4j"})
class SharedWeightsTest {
  private static final int BATCH = 6;
  private static final OptimizerSpec SGD = Sgd.spec(0.9, 0.0005, 2, 0);
  private static final Execution INFERENCE = new Execution(null, BATCH, 1);

  private final String engine;

  SharedWeightsTest(String engine) {
    this.engine = engine;
  }

  private static Graph graph(String name) {
    Architecture architecture = Zoo.architecture(name);
    int channels = architecture.defaultInputChannels();
    boolean small = !name.startsWith("lenet5");
    int size = architecture.defaultInputSize(small ? "small" : "paper");
    return architecture.graph(
        new Architecture.Options(
            10, size, channels, -1, "paper", small ? "small" : "paper", name.startsWith("vgg")));
  }

  private SharedWeights weights(Graph graph) {
    return Engines.openWeights(engine, new NetworkSpec(graph, null, BATCH, 1));
  }

  private Network own(Graph graph) {
    return Engines.open(engine, new NetworkSpec(graph, null, BATCH, 1));
  }

  /** The networks cover loops, groups of planes, batch normalization and branches. */
  @ParameterizedTest
  @ValueSource(strings = {"lenet5", "lenet5-modern", "alexnet", "vgg11", "googlenet"})
  void networksThatShareGiveTheBytesOfOneWithWeightsOfItsOwn(String name) {
    Graph graph = graph(name);
    Minibatch batch = Minibatch.drawn(graph, BATCH, 1);
    try (Network own = own(graph);
        SharedWeights weights = weights(graph)) {
      assertThat(weights.layout()).isEqualTo(own.layout());
      float[] drawn = drawn(own);
      weights.parameters().write(0, FloatBuffer.wrap(drawn));
      try (Network one = weights.open(INFERENCE);
          Network two = weights.open(INFERENCE)) {
        for (int size : new int[] {BATCH, 1, 3}) {
          float[] expected = predict(own, batch, size);
          assertThat(predict(one, batch, size)).isEqualTo(expected);
          assertThat(predict(two, batch, size)).isEqualTo(expected);
        }

        assertThat(Minibatch.values(one.parameters())).isEqualTo(drawn);
        assertThat(Minibatch.values(weights.parameters())).isEqualTo(drawn);
      }
    }
  }

  @Test
  void threadsThatPredictAtTheSameTimeGetTheSameFloats() throws Exception {
    Graph graph = graph("vgg11");
    Minibatch batch = Minibatch.drawn(graph, BATCH, 1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Network own = own(graph);
        SharedWeights weights = weights(graph)) {
      weights.parameters().write(0, FloatBuffer.wrap(drawn(own)));
      List<float[]> expected = new ArrayList<>();
      for (int size = 1; size <= BATCH; size++) {
        expected.add(predict(own, batch, size));
      }

      CyclicBarrier together = new CyclicBarrier(2);
      List<Future<List<float[]>>> results = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        boolean upwards = thread == 0;
        results.add(
            threads.submit(
                () -> {
                  together.await();
                  List<float[]> probabilities = new ArrayList<>();
                  for (int round = 0; round < 5; round++) {
                    // Each round compiles plans of other batch sizes while the other thread
                    // predicts.
                    try (Network network = weights.open(INFERENCE)) {
                      probabilities.clear();
                      for (int i = 1; i <= BATCH; i++) {
                        int size = upwards ? i : BATCH + 1 - i;
                        probabilities.add(upwards ? i - 1 : 0, predict(network, batch, size));
                      }
                    }
                  }

                  return probabilities;
                }));
      }

      for (Future<List<float[]>> result : results) {
        for (int i = 0; i < BATCH; i++) {
          assertThat(result.get().get(i)).isEqualTo(expected.get(i));
        }
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void nobodyWritesWhileANetworkReads() {
    Graph graph = graph("lenet5-modern");
    Minibatch batch = Minibatch.drawn(graph, BATCH, 1);
    try (Network own = own(graph);
        SharedWeights weights = weights(graph)) {
      float[] first = drawn(own);
      weights.parameters().write(0, FloatBuffer.wrap(first));
      FlatVector parameters = weights.parameters();
      try (Network reader = weights.open(INFERENCE)) {
        assertThatIllegalStateException()
            .isThrownBy(() -> parameters.write(0, FloatBuffer.wrap(first)))
            .withMessageContaining("1 networks read these weights");
        assertThatIllegalStateException()
            .isThrownBy(() -> reader.parameters().write(0, FloatBuffer.wrap(first)))
            .withMessageContaining("shares its weights");
        assertThatIllegalStateException().isThrownBy(() -> reader.initialize(1));
      }

      own.initialize(8);
      parameters.write(0, FloatBuffer.wrap(Minibatch.values(own.parameters())));
      try (Network reader = weights.open(INFERENCE)) {
        assertThat(predict(reader, batch, BATCH)).isEqualTo(predict(own, batch, BATCH));
      }
    }
  }

  @Test
  void theWeightsStayUntilTheirLastNetworkIsClosed() {
    Graph graph = graph("lenet5-modern");
    Minibatch batch = Minibatch.drawn(graph, BATCH, 1);
    try (Network own = own(graph)) {
      SharedWeights weights = weights(graph);
      weights.parameters().write(0, FloatBuffer.wrap(drawn(own)));
      FlatVector parameters = weights.parameters();
      Network first = weights.open(INFERENCE);
      Network second = weights.open(INFERENCE);
      weights.close();
      weights.close();
      first.close();
      first.close();
      assertThat(predict(second, batch, BATCH)).isEqualTo(predict(own, batch, BATCH));
      assertThatIllegalStateException()
          .isThrownBy(() -> weights.open(INFERENCE))
          .withMessageContaining("closed");
      second.close();
      assertThatIllegalStateException()
          .isThrownBy(() -> Minibatch.values(parameters))
          .withMessageContaining("closed");
    }
  }

  @Test
  void networksOfAnotherBatchReadTheSameWeights() {
    Graph graph = graph("vgg11");
    Minibatch batch = Minibatch.drawn(graph, BATCH, 1);
    try (Network own = Engines.open(engine, new NetworkSpec(graph, null, 2, 1));
        SharedWeights weights = weights(graph)) {
      weights.parameters().write(0, FloatBuffer.wrap(drawn(own)));
      try (Network small = weights.open(INFERENCE.withMaxBatch(2))) {
        assertThat(predict(small, batch, 2)).isEqualTo(predict(own, batch, 2));
      }
    }
  }

  @Test
  void networksOfAnotherPrecisionReadTheSameWeights() {
    assumeTrue(Engines.named(engine).problem(Precision.BFLOAT16) == null);
    Graph graph = graph("lenet5-modern");
    Minibatch batch = Minibatch.drawn(graph, BATCH, 1);
    NetworkSpec spec = new NetworkSpec(graph, null, BATCH, 1).withPrecision(Precision.BFLOAT16);
    try (Network own = Engines.open(engine, spec);
        SharedWeights weights = weights(graph)) {
      weights.parameters().write(0, FloatBuffer.wrap(drawn(own)));
      try (Network floats = weights.open(INFERENCE);
          Network shorts = weights.open(INFERENCE.withPrecision(Precision.BFLOAT16))) {
        float[] expected = predict(own, batch, BATCH);
        assertThat(predict(shorts, batch, BATCH)).isEqualTo(expected);
        assertThat(predict(floats, batch, BATCH)).isNotEqualTo(expected);
      }
    }
  }

  @Test
  void trainingHasWeightsOfItsOwn() {
    Graph graph = graph("lenet5-modern");
    Execution training = new Execution(SGD, BATCH, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Engines.openWeights(engine, new NetworkSpec(graph, SGD, BATCH, 1)).close());
    try (SharedWeights weights = weights(graph)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> weights.open(training))
          .withMessageContaining("inference");
    }
  }

  private static float[] drawn(Network network) {
    network.initialize(7);
    return Minibatch.values(network.parameters());
  }

  private static float[] predict(Network network, Minibatch batch, int size) {
    FloatBuffer probabilities = Minibatch.direct(size * 10);
    network.predict(batch.images(), size, probabilities);
    float[] values = new float[probabilities.capacity()];
    probabilities.get(0, values);
    return values;
  }
}
