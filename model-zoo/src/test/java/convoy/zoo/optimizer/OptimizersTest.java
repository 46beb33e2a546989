package convoy.zoo.optimizer;

import static convoy.zoo.graph.Parameter.Kind.BIAS;
import static convoy.zoo.graph.Parameter.Kind.WEIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import convoy.zoo.engine.OptimizerSpec;
import convoy.zoo.engine.ParameterLayout;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests every rule of the registry, and the formulas of the rules with a formula of their own. */
class OptimizersTest {
  private static final int WEIGHTS = 71 * 83;
  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          List.of(
              new ParameterLayout.Tensor("a.weight", List.of(71, 83), WEIGHT, 0),
              new ParameterLayout.Tensor("a.bias", List.of(71), BIAS, WEIGHTS)));
  private static final Map<String, Double> FACTORS =
      Map.of("weightDecay", 0.05, "biasLearningRateFactor", 2.0, "biasWeightDecayFactor", 0.25);
  private static final int UPDATES = 6;

  /** A rule in double for one value. It changes its state and returns the step. */
  private interface Reference {
    double step(double gradient, double[] state, double rate, long iteration);
  }

  @Test
  void nesterovIsItsFormula() {
    assertFormula(
        "nesterov",
        (gradient, state, rate, iteration) -> {
          state[0] = 0.9 * state[0] - rate * gradient;
          return 0.9 * state[0] - rate * gradient;
        });
  }

  @Test
  void adamIsThePapersAlgorithm() {
    assertFormula(
        "adam",
        (gradient, state, rate, iteration) -> {
          state[0] = 0.9 * state[0] + 0.1 * gradient;
          state[1] = 0.999 * state[1] + 0.001 * gradient * gradient;
          double first = state[0] / (1 - Math.pow(0.9, (double) (iteration + 1)));
          double second = state[1] / (1 - Math.pow(0.999, (double) (iteration + 1)));
          return -rate * first / (Math.sqrt(second) + 1e-8);
        });
  }

  private static void assertFormula(String name, Reference reference) {
    int length = LAYOUT.length();
    Optimizer rule = Optimizers.of(Optimizers.spec(name, FACTORS), 1);
    float[] values = drawn(length, 1);
    List<float[]> state = state(rule);
    double[] expected = new double[length];
    double[][] expectedState = new double[length][rule.stateNames().size()];
    for (int i = 0; i < length; i++) {
      expected[i] = values[i];
    }

    for (int iteration = 0; iteration < UPDATES; iteration++) {
      float[] gradient = drawn(length, 2 + iteration);
      double rate = 0.1 / (1 + iteration);
      update(rule, values, gradient, state, rate, iteration);
      for (int i = 0; i < length; i++) {
        boolean bias = i >= WEIGHTS;
        double slope = gradient[i] + 0.05 * (bias ? 0.25 : 1) * expected[i];
        expected[i] += reference.step(slope, expectedState[i], rate * (bias ? 2 : 1), iteration);
      }
    }

    for (int i = 0; i < length; i++) {
      assertThat((double) values[i]).isCloseTo(expected[i], within(2e-6));
      for (int vector = 0; vector < state.size(); vector++) {
        assertThat((double) state.get(vector)[i]).isCloseTo(expectedState[i][vector], within(2e-6));
      }
    }
  }

  /** The expected numbers come from scripts/reference-optimizers.py. */
  @Test
  void theRulesWalkAsPyTorchs() {
    assertThat(walk(Optimizers.spec("nesterov", Map.of("weightDecay", 0.01))))
        .containsExactly(
            new double[] {1.378100000, 1.844832610, 2.336137871, 2.797703033, 3.188587399},
            within(1e-6));
    OptimizerSpec adam =
        Optimizers.spec(
            "adam", Map.of("weightDecay", 0.01, "beta1", 0.8, "beta2", 0.95, "epsilon", 1e-3));
    assertThat(walk(adam))
        .containsExactly(
            new double[] {1.099949774, 1.199641986, 1.298888910, 1.397491335, 1.495239605},
            within(1e-6));
  }

  private static double[] walk(OptimizerSpec spec) {
    Optimizer rule = Optimizers.of(spec, 1);
    ParameterLayout one =
        new ParameterLayout(List.of(new ParameterLayout.Tensor("w", List.of(1), WEIGHT, 0)));
    FloatBuffer value = FloatBuffer.wrap(new float[] {1});
    List<FloatBuffer> state =
        rule.stateNames().stream().map(name -> FloatBuffer.allocate(1)).toList();
    double[] reached = new double[5];
    for (int i = 0; i < reached.length; i++) {
      FloatBuffer gradient = FloatBuffer.wrap(new float[] {value.get(0) - 3});
      rule.update(one.tensors(), value, gradient, state, 0.1, i);
      reached[i] = value.get(0);
    }

    return reached;
  }

  @ParameterizedTest
  @MethodSource("convoy.zoo.optimizer.Optimizers#names")
  void threadsThatShareAnUpdateGiveTheSameFloats(String name) {
    OptimizerSpec spec = Optimizers.spec(name, FACTORS);
    List<float[]> alone = trained(Optimizers.of(spec, 1));
    List<float[]> shared = trained(Optimizers.of(spec, 3));
    assertThat(shared).hasSameSizeAs(alone);
    for (int vector = 0; vector < alone.size(); vector++) {
      assertThat(shared.get(vector)).isEqualTo(alone.get(vector));
    }
  }

  private static List<float[]> trained(Optimizer rule) {
    float[] values = drawn(LAYOUT.length(), 3);
    List<float[]> all = new ArrayList<>(state(rule));
    for (int iteration = 0; iteration < UPDATES; iteration++) {
      float[] gradient = drawn(LAYOUT.length(), 4 + iteration);
      update(rule, values, gradient, all, 0.1, iteration);
    }

    all.add(values);
    return all;
  }

  @ParameterizedTest
  @MethodSource("convoy.zoo.optimizer.Optimizers#names")
  void whatIsNotHandedInStaysAsItIs(String name) {
    Optimizer rule = Optimizers.of(Optimizers.spec(name, FACTORS), 2);
    float[] values = drawn(LAYOUT.length(), 3);
    float[] moved = values.clone();
    List<float[]> state = state(rule);
    rule.update(
        LAYOUT.tensors().subList(1, 2),
        FloatBuffer.wrap(moved),
        FloatBuffer.wrap(drawn(LAYOUT.length(), 4)),
        state.stream().map(FloatBuffer::wrap).toList(),
        0.1,
        0);
    assertThat(Arrays.copyOf(moved, WEIGHTS)).isEqualTo(Arrays.copyOf(values, WEIGHTS));
    assertThat(moved[WEIGHTS]).isNotEqualTo(values[WEIGHTS]);
    for (float[] vector : state) {
      assertThat(Arrays.copyOf(vector, WEIGHTS)).containsOnly(0);
      assertThat(vector[WEIGHTS]).isNotEqualTo(0);
    }
  }

  @Test
  void anUnknownRuleKeyOrValueIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizers.spec("adma", Map.of()))
        .withMessageContaining("known are sgd, nesterov, adam");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizers.spec("adam", Map.of("momentum", 0.9)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizers.spec("adam", Map.of("beta1", 1.0)));
  }

  private static List<float[]> state(Optimizer rule) {
    return rule.stateNames().stream().map(name -> new float[LAYOUT.length()]).toList();
  }

  private static void update(
      Optimizer rule,
      float[] values,
      float[] gradient,
      List<float[]> state,
      double rate,
      long iteration) {
    rule.update(
        LAYOUT.tensors(),
        FloatBuffer.wrap(values),
        FloatBuffer.wrap(gradient),
        state.stream().map(FloatBuffer::wrap).toList(),
        rate,
        iteration);
  }

  private static float[] drawn(int length, long seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }

    return values;
  }
}
