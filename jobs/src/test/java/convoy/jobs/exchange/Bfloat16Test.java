package convoy.jobs.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Bfloat16Test {
  private static final int DRAWS = 1 << 16;

  /** Each of the 65536 random numbers is drawn once, so that the mean is exact. */
  @ParameterizedTest
  @ValueSource(
      floats = {0, 1, -1, 0.1f, -0.1f, 1.9999999f, 3e-5f, -1e30f, 1e-40f, -Float.MIN_VALUE, 65537})
  void theMeanOfAllRoundingsIsTheFloatItself(float value) {
    double sum = 0;
    double furthest = 0;
    for (int random = 0; random < DRAWS; random++) {
      float rounded = rounded(value, random);
      sum += rounded;
      furthest = Math.max(furthest, Math.abs((double) rounded - value));
    }

    assertThat(furthest).isLessThanOrEqualTo(Math.abs(value) / 128 + 1e-40);
    assertThat(sum / DRAWS).isCloseTo(value, within(Math.abs(value) * 1e-9));
  }

  @Test
  void theMeanOverSeedsIsTheFloatItself() {
    double sum = 0;
    for (int seed = 0; seed < 10_000; seed++) {
      sum += round(new float[] {0, 0, 0.1f}, seed, 0)[2];
    }

    // Neighbours are 2^-11 apart, so that one rounding has a standard deviation of at most 2^-12.
    assertThat(sum / 10_000).isCloseTo(0.1, within(5 * Math.pow(2, -12) / 100));
  }

  @Test
  void whatNeedsNoRoundingAndWhatIsNoNumberStays() {
    float nan = Float.intBitsToFloat(0x7f800001);
    for (int random : new int[] {0, 1, 0x7fff, 0xffff}) {
      assertThat(rounded(-0.15625f, random)).isEqualTo(-0.15625f);
      assertThat(Float.floatToRawIntBits(rounded(-0f, random))).isEqualTo(1 << 31);
      assertThat(rounded(Float.POSITIVE_INFINITY, random)).isEqualTo(Float.POSITIVE_INFINITY);
      assertThat(rounded(Float.NEGATIVE_INFINITY, random)).isEqualTo(Float.NEGATIVE_INFINITY);
      assertThat(rounded(nan, random)).isNaN();
      assertThat(rounded(Float.NaN, random)).isNaN();
      assertThat(rounded(Float.MAX_VALUE, random)).isFinite().isGreaterThan(3.38e38f);
      assertThat(rounded(-Float.MAX_VALUE, random)).isFinite().isLessThan(-3.38e38f);
    }
  }

  @Test
  void aFloatDrawsByItsPlaceHoweverTheVectorIsCut() {
    float[] values = new float[1000];
    Random random = new Random(5);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }

    float[] whole = round(values, 7, 0);
    assertThat(round(values, 7, 0)).isEqualTo(whole);
    assertThat(round(values, 8, 0)).isNotEqualTo(whole);
    for (int cut : new int[] {1, 2, 3, 4, 501}) {
      float[] rest = round(Arrays.copyOfRange(values, cut, values.length), 7, cut);
      assertThat(rest).isEqualTo(Arrays.copyOfRange(whole, cut, whole.length));
    }
  }

  private static float[] round(float[] values, long seed, int first) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    short[] rounded = new short[values.length];
    Bfloat16.round(bits, values.length, seed, first, rounded);
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = Bfloat16.value(rounded[i]);
    }

    return result;
  }

  private static float rounded(float value, int random) {
    return Bfloat16.value(Bfloat16.rounded(Float.floatToRawIntBits(value), random));
  }
}
