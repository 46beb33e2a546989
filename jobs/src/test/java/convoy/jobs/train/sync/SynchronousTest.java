package convoy.jobs.train.sync;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.exchange.Slice;
import convoy.jobs.exchange.SliceRule.Next;
import convoy.jobs.exchange.SliceRule.Place;
import convoy.zoo.engine.OptimizerSpec;
import convoy.zoo.engine.ParameterLayout.Tensor;
import convoy.zoo.graph.Parameter.Kind;
import convoy.zoo.optimizer.Optimizers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SynchronousTest {
  private static final int LENGTH = 3000;

  /** The tensor from 1400 to 1600 is frozen. */
  private static final List<Tensor> TRAINED =
      List.of(
          new Tensor("a.weight", List.of(35, 10, 2, 2), Kind.WEIGHT, 0),
          new Tensor("b.weight", List.of(1300), Kind.WEIGHT, 1600),
          new Tensor("b.bias", List.of(100), Kind.BIAS, 2900));

  private static final Map<String, float[]> BEFORE =
      Map.of(
          "parameters", drawn(1),
          "momentum", drawn(2),
          "firstMoment", drawn(3),
          "secondMoment", positive(drawn(4)));
  private static final float[] GRADIENT = drawn(5);

  @ParameterizedTest
  @CsvSource({"sgd, momentum", "nesterov, momentum", "adam, firstMoment", "adam, secondMoment"})
  void neitherSlicesNorThreadsChangeAFloat(String optimizer, String vector) {
    float[] whole = next(optimizer, "parameters", LENGTH, 1);
    float[] state = next(optimizer, vector, LENGTH, 1);
    assertThat(whole).isNotEqualTo(BEFORE.get("parameters"));
    assertThat(state).isNotEqualTo(BEFORE.get(vector));
    for (int slice : new int[] {1, 7, 700, 1601}) {
      assertThat(next(optimizer, "parameters", slice, 1)).isEqualTo(whole);
      assertThat(next(optimizer, vector, slice, 1)).isEqualTo(state);
    }

    assertThat(next(optimizer, "parameters", 700, 3)).isEqualTo(whole);
    assertThat(next(optimizer, vector, 700, 3)).isEqualTo(state);
  }

  @Test
  void whatIsFrozenStaysToTheBit() {
    float[] next = next("adam", "parameters", 700, 1);
    assertThat(Arrays.copyOfRange(next, 1400, 1600))
        .isEqualTo(Arrays.copyOfRange(BEFORE.get("parameters"), 1400, 1600));
    assertThat(Arrays.copyOfRange(next("adam", "firstMoment", 700, 1), 1400, 1600))
        .isEqualTo(Arrays.copyOfRange(BEFORE.get("firstMoment"), 1400, 1600));
  }

  @Test
  void biasesHaveTheirFactorsWhereverASliceBegins() {
    // SGD: v = 0.9 v - 2 rate gradient, without decay.
    float[] next = next("sgd", "momentum", 2950, 1);
    float[] before = BEFORE.get("momentum");
    for (int i : new int[] {2900, 2949, 2950, 2999}) {
      assertThat(next[i]).isEqualTo(0.9f * before[i] - 0.5f * GRADIENT[i]);
    }
  }

  private static float[] next(String optimizer, String vector, int slice, int threads) {
    OptimizerSpec spec = Optimizers.spec(optimizer, Map.of("weightDecay", 0.01));
    Synchronous rule = new Synchronous(spec, TRAINED, threads);
    Round round = new Round(4, 0, 4, 4, List.of(0.25));
    float[] next = new float[LENGTH];
    for (int offset = 0; offset < LENGTH; offset += slice) {
      int length = Math.min(slice, LENGTH - offset);
      Next here = rule.parameters(round, new At(offset, length), cut(GRADIENT, offset, length));
      Slice result = vector.equals("parameters") ? here.state() : here.own().get(vector);
      result.floats().get(0, next, offset, length);
    }

    return next;
  }

  private static Slice cut(float[] vector, int offset, int length) {
    return Slice.of(Arrays.copyOfRange(vector, offset, offset + length));
  }

  private static float[] drawn(int seed) {
    Random random = new Random(seed);
    float[] values = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }

    return values;
  }

  private static float[] positive(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i]);
    }

    return values;
  }

  private record At(int offset, int length) implements Place {
    @Override
    public String vector() {
      return "parameters";
    }

    @Override
    public Slice before() {
      return own("parameters");
    }

    @Override
    public Slice own(String name) {
      return cut(BEFORE.get(name), offset, length);
    }
  }
}
