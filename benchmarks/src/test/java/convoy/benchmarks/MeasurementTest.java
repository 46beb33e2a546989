package convoy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasurementTest {
  private static final Workload WORKLOAD = new Workload("lenet5-modern", false, Mode.TRAIN, 2, 128);

  private static Measurement measurement() {
    Map<Engine, Double> seconds = new LinkedHashMap<>();
    seconds.put(Engine.CONVOY, 0.1);
    seconds.put(Engine.LIBTORCH, 0.25);
    seconds.put(Engine.LIBTORCH_CHANNELS_LAST, 0.2);
    seconds.put(Engine.DL4J, 1.0);
    seconds.put(Engine.PRODUCT, 0.5);
    seconds.put(Engine.UPDATE, 0.001);
    return new Measurement(WORKLOAD, seconds, List.of());
  }

  @Test
  void theMedianIsTheMiddleValue() {
    assertThat(Measurement.median(List.of(5.0, 1.0, 3.0))).isEqualTo(3);
    assertThat(Measurement.median(List.of(7.0))).isEqualTo(7);
    assertThat(Measurement.median(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(3);
  }

  @Test
  void lossesAreComparedRelativelyAndNothingEqualsNan() {
    double[] ours = {2.0, 4.0};
    assertThat(Measurement.same(ours, new double[] {2.001, 4.003}, 1e-3)).isTrue();
    assertThat(Measurement.same(ours, new double[] {2.0, 4.01}, 1e-3)).isFalse();
    assertThat(Measurement.same(ours, new double[] {2.0, Double.NaN}, 1e-3)).isFalse();
    assertThat(Measurement.same(new double[] {Double.NaN}, new double[] {1}, 1e-3)).isFalse();
    assertThat(Measurement.same(ours, new double[] {2.0}, 1e-3)).isFalse();
  }

  @Test
  void aPeerHasOneRowOfItsFasterLayout() {
    assertThat(measurement().rows())
        .containsExactly(
            new Row("lenet5-modern", "train", 2, 128, "float32", 1280, 640, "libtorch", 2),
            new Row("lenet5-modern", "train", 2, 128, "float32", 1280, 128, "dl4j", 10));
    assertThat(measurement().fastest()).containsExactly(Engine.LIBTORCH_CHANNELS_LAST, Engine.DL4J);
  }

  @Test
  void theProductHasItsOwnOperations() {
    assertThat(measurement().gigaflops(Engine.PRODUCT)).isEqualTo(2 * 8.589934592 / 0.5);
    assertThat(measurement().gigaflops(Engine.CONVOY)).isEqualTo(WORKLOAD.operations() / 1e8);
  }

  @Test
  void theUpdateMovesEachParameterFiveTimes() {
    assertThat(measurement().gigabytes(Engine.UPDATE, UpdateCandidate.TRANSFERS))
        .isEqualTo(5 * 4 * 61_706 / 0.001 / 1e9);
  }
}
