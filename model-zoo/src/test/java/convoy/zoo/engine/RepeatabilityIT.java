package convoy.zoo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.zoo.Engines;
import convoy.zoo.Variant;
import convoy.zoo.Zoo;
import convoy.zoo.graph.Graph;
import convoy.zoo.optimizer.Sgd;
import java.nio.FloatBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests with dropout that the same seeds and threads give the same bits, no matter which networks
 * were opened in between.
 */
class RepeatabilityIT {
  private static final OptimizerSpec SGD = Sgd.spec(0.9, 0.0005, 2, 0);
  private static final int ITERATIONS = 4;

  /** The parameters and the optimizer state between two iterations. */
  @SuppressWarnings("ArrayRecordComponent")
  private record State(float[] parameters, float[] optimizer) {
    static State of(Network network) {
      return new State(
          Minibatch.values(network.parameters()), Minibatch.values(network.optimizerState()));
    }

    void restore(Network network) {
      network.parameters().write(0, FloatBuffer.wrap(parameters));
      network.optimizerState().write(0, FloatBuffer.wrap(optimizer));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "plan,lenet5-modern,paper,false,2",
    "plan,alexnet,paper,false,1",
    "plan,alexnet-one-tower,paper,false,1",
    "plan,alexnet-one-tower,paper,true,2",
    "plan,vgg11,paper,false,2",
    "plan,googlenet,paper,false,2",
    "plan,googlenet,small,true,1",
    "nd4j,alexnet-one-tower,paper,false,2"
  })
  void trainingAgainInANewNetworkAndGoingOnInAnotherGiveTheSameBits(
      String engine, String name, String form, boolean batchNorm, int threads) {
    Variant variant = new Variant(Zoo.architecture(name), form, batchNorm);
    Graph graph = variant.graph(10, variant.smallest());
    NetworkSpec spec = new NetworkSpec(graph, SGD, 6, threads);
    State middle;
    State end;
    try (Network network = Engines.open(engine, spec)) {
      network.initialize(42);
      train(network, graph, 0, ITERATIONS / 2, 0);
      middle = State.of(network);
      train(network, graph, ITERATIONS / 2, ITERATIONS, 0);
      end = State.of(network);
    }

    try (Network again = Engines.open(engine, spec)) {
      again.initialize(42);
      train(again, graph, 0, ITERATIONS, 0);
      assertSame(State.of(again), end);
    }

    try (Network further = Engines.open(engine, spec)) {
      middle.restore(further);
      train(further, graph, ITERATIONS / 2, ITERATIONS, 0);
      assertSame(State.of(further), end);
      if (graph.nodes().stream().anyMatch(node -> node.layer().kind().equals("dropout"))) {
        middle.restore(further);
        train(further, graph, ITERATIONS / 2, ITERATIONS, 1000);
        assertThat(State.of(further).parameters()).isNotEqualTo(end.parameters());
      }
    }
  }

  /** The last minibatch of an epoch is smaller. */
  private static void train(Network network, Graph graph, int from, int to, long seed) {
    for (int iteration = from; iteration < to; iteration++) {
      Minibatch batch = Minibatch.drawn(graph, iteration % 2 == 1 ? 3 : 6, iteration);
      network.computeGradient(batch.images(), batch.labels(), batch.size(), seed + iteration);
      network.update(1e-3, iteration);
    }
  }

  private static void assertSame(State actual, State expected) {
    assertThat(actual.parameters()).isEqualTo(expected.parameters());
    assertThat(actual.optimizer()).isEqualTo(expected.optimizer());
  }
}
