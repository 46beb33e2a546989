package convoy.zoo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import convoy.zoo.Engines;
import convoy.zoo.Zoo;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import convoy.zoo.optimizer.Sgd;
import convoy.zoo.plan.PlanNetwork;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares products of bfloat16 with those of float32. */
class PrecisionTest {
  private static final OptimizerSpec SGD = Sgd.spec(0.9, 0.0005, 2, 0);
  private static final int BATCH = 8;

  @BeforeEach
  void needsTheCpu() {
    assumeTrue(PlanNetwork.computes(Precision.BFLOAT16), "this CPU has no bfloat16");
  }

  private static Graph graph(String name, int pixels) {
    Architecture architecture = Zoo.architecture(name);
    Architecture.Options paper = architecture.defaults();
    return architecture.graph(
        new Architecture.Options(10, pixels, paper.inputChannels(), 0, paper.initializer()));
  }

  private static Network open(Graph graph, Precision precision) {
    Network network =
        Engines.open("plan", new NetworkSpec(graph, SGD, BATCH, 1).withPrecision(precision));
    network.initialize(5);
    return network;
  }

  @ParameterizedTest
  @CsvSource({
    "lenet5,32",
    "lenet5-modern,28",
    "alexnet,67",
    "alexnet-one-tower,63",
    "googlenet,96"
  })
  void probabilitiesLossAndGradientAreThoseOfFloatsToTwoDigits(String name, int pixels) {
    Graph graph = graph(name, pixels);
    Minibatch batch = Minibatch.drawn(graph, BATCH, 1);
    try (Network floats = open(graph, Precision.FLOAT32);
        Network shorts = open(graph, Precision.BFLOAT16)) {
      double loss = floats.computeGradient(batch.images(), batch.labels(), BATCH, 0) / BATCH;
      assertThat(shorts.computeGradient(batch.images(), batch.labels(), BATCH, 0) / BATCH)
          .isCloseTo(loss, within(0.02 * loss));
      assertThat(cosine(Minibatch.values(floats.gradient()), Minibatch.values(shorts.gradient())))
          .isGreaterThan(0.99);

      FloatBuffer expected = Minibatch.direct(BATCH * graph.classes());
      FloatBuffer actual = Minibatch.direct(BATCH * graph.classes());
      floats.predict(batch.images(), BATCH, expected);
      shorts.predict(batch.images(), BATCH, actual);
      for (int i = 0; i < expected.capacity(); i++) {
        assertThat(actual.get(i)).isCloseTo(expected.get(i), within(0.02f));
      }
    }
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double lengths = 0;
    double others = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      lengths += (double) a[i] * a[i];
      others += (double) b[i] * b[i];
    }

    return product / Math.sqrt(lengths * others);
  }

  @Test
  void parametersAreFloatsAndTheUpdateKeepsWhatIsTooSmallForAShortOne() {
    Graph graph = graph("lenet5-modern", 28);
    Minibatch batch = Minibatch.drawn(graph, BATCH, 1);
    try (Network floats = open(graph, Precision.FLOAT32);
        Network shorts = open(graph, Precision.BFLOAT16)) {
      float[] before = Minibatch.values(shorts.parameters());
      assertThat(before).isEqualTo(Minibatch.values(floats.parameters()));
      shorts.computeGradient(batch.images(), batch.labels(), BATCH, 0);
      shorts.update(1e-5, 0);
      float[] after = Minibatch.values(shorts.parameters());
      int moved = 0;
      for (int i = 0; i < before.length; i++) {
        moved += before[i] != after[i] ? 1 : 0;
      }

      assertThat(moved).isGreaterThan(before.length / 2);
    }
  }

  @Test
  void theSameSeedGivesTheSameFloats() {
    Graph graph = graph("googlenet", 79);
    Minibatch batch = Minibatch.drawn(graph, BATCH, 1);
    try (Network first = open(graph, Precision.BFLOAT16);
        Network second = open(graph, Precision.BFLOAT16)) {
      for (Network network : new Network[] {first, second}) {
        network.computeGradient(batch.images(), batch.labels(), BATCH, 3);
        network.update(0.01, 0);
      }

      assertThat(Minibatch.values(second.parameters()))
          .isEqualTo(Minibatch.values(first.parameters()));
    }
  }

  @Test
  void theEngineOfNd4jRefusesIt() {
    NetworkSpec spec =
        new NetworkSpec(graph("lenet5-modern", 28), SGD, 1, 1).withPrecision(Precision.BFLOAT16);
    assertThatThrownBy(() -> Engines.open("nd4j", spec))
        .hasMessage("engine nd4j computes in float32 only");
  }
}
