package convoy.zoo.engine;

import static convoy.zoo.graph.Activation.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.zoo.graph.Graph;
import convoy.zoo.graph.GraphBuilder;
import convoy.zoo.graph.Initializer;
import convoy.zoo.graph.Shape;
import convoy.zoo.graph.Weights;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that start values are a pure function of seed and tensor and have the papers'
 * distributions.
 */
class InitializationTest {
  private static final int INPUTS = 400;
  private static final int OUTPUTS = 300;

  /**
   * Each initializer has an expected deviation and a largest magnitude, which is infinite for a
   * normal distribution.
   */
  static Stream<Arguments> initializers() {
    double infinite = Double.POSITIVE_INFINITY;
    return Stream.of(
        Arguments.of(new Initializer.Gaussian(0.01), 0.01, infinite),
        Arguments.of(new Initializer.He(), Math.sqrt(2.0 / INPUTS), infinite),
        uniform(new Initializer.LeCunUniform(), 2.4 / INPUTS),
        uniform(new Initializer.Glorot(), Math.sqrt(6.0 / (INPUTS + OUTPUTS))));
  }

  private static Arguments uniform(Initializer initializer, double range) {
    return Arguments.of(initializer, range / Math.sqrt(3), range);
  }

  @ParameterizedTest
  @MethodSource("initializers")
  void weightsHaveThePapersDistribution(Initializer initializer, double deviation, double most) {
    float[] values = drawn(graph(initializer, "dense"), 1);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < INPUTS * OUTPUTS; i++) {
      sum += values[i];
      squares += (double) values[i] * values[i];
      assertThat((double) Math.abs(values[i])).isLessThanOrEqualTo(most * (1 + 1e-6));
    }

    int count = INPUTS * OUTPUTS;
    assertThat(sum / count).isCloseTo(0, within(5 * deviation / Math.sqrt(count)));
    assertThat(Math.sqrt(squares / count)).isCloseTo(deviation, within(0.02 * deviation));
    assertThat(values[count]).as("biases are constant").isEqualTo(0.25f);
    assertThat(values[count + OUTPUTS - 1]).isEqualTo(0.25f);
  }

  @Test
  void seedAndNameDecideAndNothingElse() {
    Initializer he = new Initializer.He();
    float[] values = drawn(graph(he, "dense"), 1);
    assertThat(drawn(graph(he, "dense"), 1)).isEqualTo(values);
    assertThat(drawn(graph(he, "dense"), 2)).isNotEqualTo(values);
    assertThat(drawn(graph(he, "other"), 1)).isNotEqualTo(values);
  }

  @Test
  void theFloatsStayTheSameForEver() {
    float[] values = drawn(graph(new Initializer.He(), "dense"), 42);
    assertThat(Arrays.hashCode(values)).isEqualTo(1785058918);
  }

  private static Graph graph(Initializer initializer, String name) {
    return GraphBuilder.build(
        "test",
        new Shape(4, 10, 10),
        OUTPUTS,
        net -> net.fullyConnected(name, OUTPUTS, Weights.of(initializer).bias(0.25), NONE));
  }

  private static float[] drawn(Graph graph, long seed) {
    ParameterLayout layout = ParameterLayout.of(graph);
    FloatBuffer values = Minibatch.direct(layout.length());
    Initialization.fill(graph, layout, seed, values);
    float[] result = new float[values.capacity()];
    values.get(0, result);
    return result;
  }
}
