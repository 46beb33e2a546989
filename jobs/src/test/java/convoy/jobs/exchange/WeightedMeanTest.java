package convoy.jobs.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class WeightedMeanTest {
  @Test
  void oneWorkerIsGivenBackToTheBit() {
    byte[] slice = slice(0.1f, -3e-39f, 7e30f);
    WeightedMean mean = new WeightedMean();
    mean.add(slice, 17);
    assertThat(mean.mean()).isEqualTo(slice);
  }

  @Test
  void workersCountByTheirExamples() {
    WeightedMean mean = new WeightedMean();
    mean.add(slice(1, 10), 3);
    mean.add(slice(5, -10), 1);
    assertThat(mean.mean()).isEqualTo(slice(2, 5));
  }

  @Test
  void equalWorkersChangeNothing() {
    byte[] slice = slice(0.1f, 0.7f, -1e-7f);
    WeightedMean mean = new WeightedMean();
    for (int worker = 0; worker < 7; worker++) {
      mean.add(slice, 10 + worker);
    }

    assertThat(mean.mean()).isEqualTo(slice);
  }

  @Test
  void everyFloatOfALongSliceHasItsMean() {
    float[] one = new float[5000];
    float[] two = new float[5000];
    float[] mean = new float[5000];
    for (int i = 0; i < mean.length; i++) {
      one[i] = i;
      two[i] = 4 * i - 2;
      mean[i] = 3.25f * i - 1.5f;
    }

    WeightedMean weighted = new WeightedMean();
    weighted.add(slice(one), 1);
    weighted.add(slice(two), 3);
    assertThat(weighted.mean()).isEqualTo(slice(mean));
  }

  @Test
  void notANumberAndInfinityAreSeen() {
    assertThat(WeightedMean.finite(slice(1, 2, Float.MAX_VALUE))).isTrue();
    assertThat(WeightedMean.finite(slice(1, Float.NaN))).isFalse();
    assertThat(WeightedMean.finite(slice(Float.NEGATIVE_INFINITY, 0))).isFalse();
    assertThat(WeightedMean.finite(slice(-Float.MAX_VALUE, Float.MIN_VALUE, -0f))).isTrue();
    assertThat(WeightedMean.finite(slice(Float.intBitsToFloat(0xff800001)))).isFalse();
    float[] many = new float[5000];
    assertThat(WeightedMean.finite(slice(many))).isTrue();
    for (int at : new int[] {0, 2047, 2048, 4999}) {
      many[at] = Float.NaN;
      assertThat(WeightedMean.finite(slice(many))).as("NaN at %d", at).isFalse();
      many[at] = 1;
    }
  }

  private static byte[] slice(float... values) {
    byte[] bytes = new byte[values.length * Float.BYTES];
    Slice.floats(bytes).put(FloatBuffer.wrap(values));
    return bytes;
  }
}
