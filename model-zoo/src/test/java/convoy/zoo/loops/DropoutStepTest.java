package convoy.zoo.loops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.zoo.graph.Shape;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DropoutStepTest {
  private static final int LENGTH = 4096;

  private record Ones(FloatBuffer values, FloatBuffer gradient) implements PlainTensor {
    static Ones ofLength(int length) {
      Ones ones = new Ones(FloatBuffer.allocate(length), FloatBuffer.allocate(length));
      Arrays.fill(ones.values.array(), 1);
      Arrays.fill(ones.gradient.array(), 1);
      return ones;
    }

    @Override
    public Shape shape() {
      return Shape.vector(LENGTH);
    }

    @Override
    public boolean differentiable() {
      return true;
    }

    @Override
    public IntBuffer valueBits() {
      throw new UnsupportedOperationException();
    }

    @Override
    public IntBuffer gradientBits() {
      throw new UnsupportedOperationException();
    }
  }

  private static float[] mask(int place, long seed) {
    Ones in = Ones.ofLength(LENGTH);
    Ones out = Ones.ofLength(LENGTH);
    new DropoutStep(0.5, place, in, out).forward(1, new Step.Mode(true, seed));
    return out.values().array();
  }

  @Test
  void halfIsDroppedTheRestIsDoubledAndTheGradientHasTheSameMask() {
    Ones in = Ones.ofLength(LENGTH);
    Ones out = Ones.ofLength(LENGTH);
    DropoutStep step = new DropoutStep(0.5, 3, in, out);
    step.forward(1, new Step.Mode(true, 7));
    step.backward(1);
    assertThat(in.gradient().array()).isEqualTo(out.values().array());
    assertThat(out.values().array()).contains(0f, 2f);
    assertThat(agreement(out.values().array(), new float[LENGTH], 0)).isCloseTo(0.5, within(0.05));
  }

  @Test
  void theSameSeedGivesTheSameMaskAndAnotherAnother() {
    assertThat(mask(3, 7)).isEqualTo(mask(3, 7));
    assertThat(agreement(mask(3, 7), mask(3, 8), 0)).isCloseTo(0.5, within(0.05));
  }

  /**
   * In an earlier version all layers had the same sequence, shifted by the distance of their
   * places.
   */
  @Test
  void theMasksOfTwoLayersHaveNothingInCommonAtAnyShift() {
    float[] first = mask(15, 7);
    float[] second = mask(17, 7);
    for (int shift = -20; shift <= 20; shift++) {
      assertThat(agreement(first, second, shift)).as("%d", shift).isCloseTo(0.5, within(0.05));
    }
  }

  /** Returns the share of equal values if the second vector is shifted by {@code shift}. */
  private static double agreement(float[] first, float[] second, int shift) {
    int equal = 0;
    int count = 0;
    for (int i = Math.max(0, -shift); i < LENGTH - Math.max(0, shift); i++) {
      count++;
      equal += first[i] == second[i + shift] ? 1 : 0;
    }

    return (double) equal / count;
  }
}
