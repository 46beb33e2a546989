package convoy.zoo.optimizer;

import static convoy.zoo.graph.Parameter.Kind.BIAS;
import static convoy.zoo.graph.Parameter.Kind.WEIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import convoy.zoo.engine.OptimizerSpec;
import convoy.zoo.engine.ParameterLayout;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares the rule of AlexNet's paper, section 5, with the same rule in double. */
class SgdTest {
  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          List.of(
              new ParameterLayout.Tensor("a.weight", List.of(71, 83), WEIGHT, 0),
              new ParameterLayout.Tensor("a.bias", List.of(71), BIAS, 71 * 83)));

  private static final OptimizerSpec SPEC = Sgd.spec(0.9, 0.05, 2, 0.25);

  @Test
  void threeUpdatesAreThePapersRule() {
    int length = LAYOUT.length();
    float[] values = drawn(length, 1);
    double[] w = new double[length];
    double[] v = new double[length];
    for (int i = 0; i < length; i++) {
      w[i] = values[i];
    }

    float[] state = new float[length];
    Optimizer sgd = Optimizers.of(SPEC, 1);
    for (int iteration = 0; iteration < 3; iteration++) {
      float[] gradient = drawn(length, 2 + iteration);
      double rate = 0.1 / (1 + iteration);
      update(sgd, values, gradient, state, rate);
      for (int i = 0; i < length; i++) {
        boolean bias = i >= 71 * 83;
        double decay = 0.05 * (bias ? 0.25 : 1);
        v[i] = 0.9 * v[i] - rate * (bias ? 2 : 1) * (gradient[i] + decay * w[i]);
        w[i] += v[i];
      }
    }

    for (int i = 0; i < length; i++) {
      assertThat((double) values[i]).isCloseTo(w[i], within(1e-6));
      assertThat((double) state[i]).isCloseTo(v[i], within(1e-6));
    }
  }

  @Test
  void theRuleIsLinearInTheGradient() {
    int length = LAYOUT.length();
    float[] one = drawn(length, 1);
    float[] other = drawn(length, 2);
    float[] mean = new float[length];
    for (int i = 0; i < length; i++) {
      mean[i] = (one[i] + other[i]) / 2;
    }

    Optimizer sgd = Optimizers.of(SPEC, 1);
    float[] start = drawn(length, 3);
    float[] ofOne = start.clone();
    float[] ofOther = start.clone();
    float[] ofMean = start.clone();
    update(sgd, ofOne, one, new float[length], 0.1);
    update(sgd, ofOther, other, new float[length], 0.1);
    update(sgd, ofMean, mean, new float[length], 0.1);
    for (int i = 0; i < length; i++) {
      assertThat((ofOne[i] + ofOther[i]) / 2).isCloseTo(ofMean[i], within(1e-6f));
    }
  }

  @Test
  void threadsThatShareAnUpdateGiveTheSameFloats() {
    int length = LAYOUT.length();
    float[] alone = drawn(length, 3);
    float[] shared = alone.clone();
    float[] gradient = drawn(length, 4);
    update(Optimizers.of(SPEC, 1), alone, gradient, drawn(length, 5), 0.1);
    update(Optimizers.of(SPEC, 3), shared, gradient, drawn(length, 5), 0.1);
    assertThat(shared).isEqualTo(alone);
  }

  @Test
  void whatIsNotHandedInStaysAsItIs() {
    float[] values = drawn(LAYOUT.length(), 3);
    float[] state = drawn(LAYOUT.length(), 5);
    float[] moved = values.clone();
    float[] movedState = state.clone();
    Optimizers.of(SPEC, 2)
        .update(
            LAYOUT.tensors().subList(1, 2),
            FloatBuffer.wrap(moved),
            FloatBuffer.wrap(drawn(LAYOUT.length(), 4)),
            List.of(FloatBuffer.wrap(movedState)),
            0.1,
            0);
    assertThat(Arrays.copyOf(moved, 71 * 83)).isEqualTo(Arrays.copyOf(values, 71 * 83));
    assertThat(Arrays.copyOf(movedState, 71 * 83)).isEqualTo(Arrays.copyOf(state, 71 * 83));
    assertThat(moved[71 * 83]).isNotEqualTo(values[71 * 83]);
  }

  @Test
  void anUnknownRuleIsRefusedWithTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizers.of(new OptimizerSpec("adma", Sgd.KEYS.defaults()), 1))
        .withMessageContaining("adma")
        .withMessageContaining("sgd");
    assertThat(Optimizers.names()).contains("sgd");
  }

  private static void update(
      Optimizer sgd, float[] values, float[] gradient, float[] state, double rate) {
    sgd.update(
        LAYOUT.tensors(),
        FloatBuffer.wrap(values),
        FloatBuffer.wrap(gradient),
        List.of(FloatBuffer.wrap(state)),
        rate,
        0);
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
