package convoy.zoo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import convoy.zoo.Engines;
import convoy.zoo.Zoo;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import convoy.zoo.optimizer.Optimizers;
import convoy.zoo.optimizer.Sgd;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what every engine promises about a network. */
@ParameterizedClass
@ValueSource(strings = {"plan", "nd4j"})
class NetworkTest {
  private final String engine;

  NetworkTest(String engine) {
    this.engine = engine;
  }

  private static final OptimizerSpec SGD = Sgd.spec(0.9, 0.0005, 2, 0);
  static final List<String> SMALL = List.of("lenet5", "lenet5-modern");

  private static Graph graph(String name) {
    Architecture architecture = Zoo.architecture(name);
    Architecture.Options paper = architecture.defaults();
    return architecture.graph(
        new Architecture.Options(10, paper.inputSize(), paper.inputChannels(), -1, "paper"));
  }

  private Network training(Graph graph, int batch) {
    Network network = Engines.open(engine, new NetworkSpec(graph, SGD, batch, 1));
    network.initialize(42);
    return network;
  }

  @ParameterizedTest
  @FieldSource("SMALL")
  void probabilitiesOfAPictureSumToOne(String name) {
    Graph graph = graph(name);
    Minibatch batch = Minibatch.drawn(graph, 5, 1);
    try (Network network = Engines.open(engine, new NetworkSpec(graph, null, 8, 1))) {
      network.initialize(3);
      float[] probabilities = predict(network, batch);
      for (int picture = 0; picture < batch.size(); picture++) {
        double sum = 0;
        for (int i = 0; i < 10; i++) {
          sum += probabilities[picture * 10 + i];
        }

        assertThat(sum).isCloseTo(1, within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"lenet5,0.002", "lenet5-modern,0.02"})
  void aFewPicturesAreLearntByHeart(String name, double learningRate) {
    Graph graph = graph(name);
    Minibatch batch = Minibatch.drawn(graph, 12, 1);
    try (Network network = training(graph, 12)) {
      double first = network.computeGradient(batch.images(), batch.labels(), batch.size(), 0);
      double last = first;
      for (int iteration = 0; iteration < 150; iteration++) {
        network.update(learningRate, iteration);
        last = network.computeGradient(batch.images(), batch.labels(), batch.size(), iteration);
      }

      assertThat(last).isLessThan(first / 10);
      float[] probabilities = predict(network, batch);
      for (int picture = 0; picture < batch.size(); picture++) {
        assertThat(probabilities[picture * 10 + batch.labels()[picture]]).isGreaterThan(0.5f);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("convoy.zoo.optimizer.Optimizers#names")
  void everyRuleLearnsAFewPicturesByHeartAndGoesOnFromItsState(String rule) {
    Graph graph = graph("lenet5-modern");
    Minibatch batch = Minibatch.drawn(graph, 12, 1);
    OptimizerSpec optimizer = Optimizers.spec(rule, Map.of());
    double rate = rule.equals("adam") ? 0.001 : 0.01;
    NetworkSpec spec = new NetworkSpec(graph, optimizer, 12, 1);
    try (Network first = Engines.open(engine, spec);
        Network second = Engines.open(engine, spec)) {
      first.initialize(42);
      double start = step(first, batch, rate, 0);
      for (int iteration = 1; iteration < 80; iteration++) {
        step(first, batch, rate, iteration);
      }

      int vectors = first.optimizerStateNames().size();
      float[] state = Minibatch.values(first.optimizerState());
      assertThat(state).hasSize(vectors * first.layout().length());
      second.parameters().write(0, FloatBuffer.wrap(Minibatch.values(first.parameters())));
      second.optimizerState().write(0, FloatBuffer.wrap(state));
      double last = 0;
      for (int iteration = 80; iteration < 83; iteration++) {
        last = step(first, batch, rate, iteration);
        assertThat(step(second, batch, rate, iteration)).isEqualTo(last);
      }

      assertThat(last).isLessThan(start / 10);
      assertThat(Minibatch.values(second.parameters()))
          .isEqualTo(Minibatch.values(first.parameters()));
      assertThat(Minibatch.values(second.optimizerState()))
          .isEqualTo(Minibatch.values(first.optimizerState()));
    }
  }

  private static double step(Network network, Minibatch batch, double rate, int iteration) {
    double loss = network.computeGradient(batch.images(), batch.labels(), batch.size(), iteration);
    network.update(rate, iteration);
    return loss;
  }

  @Test
  void aSmallMinibatchGivesWhatItsPicturesGiveInALargerOne() {
    Graph graph = graph("lenet5-modern");
    Minibatch whole = Minibatch.drawn(graph, 8, 1);
    Minibatch front = whole.part(0, 3);
    Minibatch back = whole.part(3, 8);
    try (Network network = training(graph, 8)) {
      double loss = network.computeGradient(whole.images(), whole.labels(), 8, 0);
      float[] gradient = Minibatch.values(network.gradient());
      double frontLoss = network.computeGradient(front.images(), front.labels(), 3, 0);
      float[] frontGradient = Minibatch.values(network.gradient());
      double backLoss = network.computeGradient(back.images(), back.labels(), 5, 0);
      float[] backGradient = Minibatch.values(network.gradient());
      assertThat(frontLoss + backLoss).isCloseTo(loss, within(1e-4));
      for (int i = 0; i < gradient.length; i++) {
        assertThat((3 * frontGradient[i] + 5 * backGradient[i]) / 8)
            .isCloseTo(gradient[i], within(2e-5f));
      }

      float[] all = predict(network, whole);
      float[] some = predict(network, front);
      for (int i = 0; i < some.length; i++) {
        assertThat(some[i]).isCloseTo(all[i], within(1e-6f));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("SMALL")
  void theSameStartMinibatchesAndSeedsGiveTheSameFloatsOnAnyThread(String name) throws Exception {
    Graph graph = graph(name);
    float[] here = trained(graph);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<float[]> there = other.submit(() -> trained(graph));
      assertThat(there.get()).isEqualTo(here);
    } finally {
      other.shutdown();
    }
  }

  private float[] trained(Graph graph) {
    try (Network network = training(graph, 6)) {
      for (int iteration = 0; iteration < 4; iteration++) {
        Minibatch batch = Minibatch.drawn(graph, iteration == 3 ? 2 : 6, iteration);
        network.computeGradient(batch.images(), batch.labels(), batch.size(), iteration);
        network.update(0.01, iteration);
      }

      return Minibatch.values(network.parameters());
    }
  }

  @Test
  void oneThreadAfterAnotherMayUseANetwork() throws Exception {
    Graph graph = graph("lenet5-modern");
    Minibatch batch = Minibatch.drawn(graph, 6, 1);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (Network network = training(graph, 6)) {
      double here = network.computeGradient(batch.images(), batch.labels(), 6, 0);
      Future<Double> there =
          other.submit(() -> network.computeGradient(batch.images(), batch.labels(), 6, 0));
      assertThat(there.get()).isEqualTo(here);
    } finally {
      other.shutdown();
    }
  }

  @Test
  void twoThreadsAtOnceAreRefusedAndHarmNothing() throws Exception {
    Graph graph = graph("lenet5-modern");
    Minibatch batch = Minibatch.drawn(graph, 64, 1);
    AtomicBoolean refused = new AtomicBoolean();
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (Network network = training(graph, 64)) {
      float[] alone = predict(network, batch);
      Future<?> busy = other.submit(() -> predictUntilRefused(network, batch, refused));
      predictUntilRefused(network, batch, refused);
      busy.get();
      assertThat(refused).isTrue();
      assertThat(predict(network, batch)).isEqualTo(alone);
    } finally {
      other.shutdownNow();
    }
  }

  /** The call that comes second, from either of the threads, is refused. */
  private static void predictUntilRefused(Network network, Minibatch batch, AtomicBoolean refused) {
    long end = System.nanoTime() + 30_000_000_000L;
    while (!refused.get() && System.nanoTime() < end) {
      try {
        predict(network, batch);
      } catch (IllegalStateException problem) {
        assertThat(problem).hasMessageContaining("one thread at a time");
        refused.set(true);
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefusedWithItsValue() {
    Graph graph = graph("lenet5-modern");
    Minibatch batch = Minibatch.drawn(graph, 3, 1);
    batch.labels()[1] = 10;
    try (Network network = training(graph, 3);
        Network inference = Engines.open(engine, new NetworkSpec(graph, null, 3, 1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.computeGradient(batch.images(), batch.labels(), 3, 0))
          .withMessageContaining("label 10");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.computeGradient(batch.images(), batch.labels(), 4, 0))
          .withMessageContaining("minibatch of 4");
      assertThatIllegalStateException()
          .isThrownBy(() -> inference.computeGradient(batch.images(), batch.labels(), 3, 0))
          .withMessageContaining("inference");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Engines.open("plan9", new NetworkSpec(graph, null, 3, 1)))
          .withMessageContaining("plan9")
          .withMessageContaining("auto, plan, nd4j");
    }
  }

  @Test
  void aMinibatchOfOnePictureIsEnough() {
    Graph graph = graph("lenet5-modern");
    Minibatch one = Minibatch.drawn(graph, 1, 1);
    try (Network network = training(graph, 1)) {
      double first = network.computeGradient(one.images(), one.labels(), 1, 0);
      network.update(0.01, 0);
      assertThat(network.computeGradient(one.images(), one.labels(), 1, 0)).isLessThan(first);
      assertThat(predict(network, one)[one.labels()[0]]).isPositive();
    }
  }

  /** oneDNN's ReLU would turn the value into 0, and the probabilities would look normal. */
  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void aPictureWithAValueThatIsNoNumberIsRefusedAndNamed(float value) {
    Graph graph = graph("lenet5-modern");
    Minibatch batch = Minibatch.drawn(graph, 3, 1);
    try (Network network = training(graph, 3)) {
      float[] before = Minibatch.values(network.parameters());
      batch.images().put(2 * graph.input().size() + 17, value);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.computeGradient(batch.images(), batch.labels(), 3, 0))
          .withMessageContaining("picture 2 of the minibatch has the value " + value)
          .withMessageContaining("place 17");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> predict(network, batch))
          .withMessageContaining("picture 2");
      // All values of the first two pictures are finite.
      assertThat(network.computeGradient(batch.images(), batch.labels(), 2, 0)).isFinite();
      assertThat(Minibatch.values(network.parameters())).isEqualTo(before);
    }
  }

  @Test
  void aClosedNetworkSaysSoAndClosesAgain() {
    Graph graph = graph("lenet5-modern");
    Network network = training(graph, 3);
    FlatVector parameters = network.parameters();
    network.close();
    network.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> Minibatch.values(parameters))
        .withMessageContaining("closed");
    assertThatIllegalStateException().isThrownBy(() -> network.update(0.1, 0));
  }

  @Test
  void vectorsAreCopiedInAnyCut() {
    Graph graph = graph("lenet5-modern");
    try (Network network = training(graph, 3)) {
      FlatVector vector = network.parameters();
      float[] values = Minibatch.values(vector);
      FloatBuffer part = Minibatch.direct(1000);
      part.position(10).limit(510);
      vector.read(20_000, part);
      assertThat(part.position()).isEqualTo(510);
      assertThat(part.get(10)).isEqualTo(values[20_000]);
      assertThat(part.get(509)).isEqualTo(values[20_499]);
      part.position(10);
      vector.write(0, part);
      assertThat(Minibatch.values(vector)).startsWith(values[20_000], values[20_001]);
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> vector.read(values.length - 1, FloatBuffer.allocate(2)));
    }
  }

  private static float[] predict(Network network, Minibatch batch) {
    FloatBuffer probabilities = Minibatch.direct(batch.size() * 10);
    network.predict(batch.images(), batch.size(), probabilities);
    float[] values = new float[probabilities.capacity()];
    probabilities.get(0, values);
    return values;
  }
}
