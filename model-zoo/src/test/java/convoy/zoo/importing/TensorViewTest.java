package convoy.zoo.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorViewTest {
  private static final int[] SIDES = {2, 3, 4, 5};

  @Test
  void theOrderOfAFileIsKeptByDefault() {
    assertThat(read(TensorView.rowMajor(List.of(2, 3)))).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(read(TensorView.rowMajor(List.of(1)))).containsExactly(0);
    assertThat(read(TensorView.rowMajor(List.of()))).containsExactly(0);
  }

  @Test
  void fortransOrderRunsDownTheColumns() {
    assertThat(read(TensorView.columnMajor(List.of(2, 3)))).containsExactly(0, 2, 4, 1, 3, 5);
  }

  @Test
  void kernelsOfKerasBecomeOihw() {
    TensorView view = TensorView.rowMajor(List.of(2, 3, 4, 5)).permuted(3, 2, 0, 1);

    assertThat(view.shape()).containsExactly(5, 4, 2, 3);
    float[] values = read(view);
    for (int i = 0; i < values.length; i++) {
      int column = i % 3;
      int row = i / 3 % 2;
      int in = i / 6 % 4;
      int out = i / 24;
      assertThat(values[i]).isEqualTo(((row * SIDES[1] + column) * SIDES[2] + in) * SIDES[3] + out);
    }
  }

  @Test
  void turnedKernelsAreReadFromTheirEnd() {
    TensorView view = TensorView.rowMajor(List.of(1, 1, 2, 3)).reversed(2).reversed(3);

    assertThat(read(view)).containsExactly(5, 4, 3, 2, 1, 0);
  }

  @Test
  void flattenedPixelsBecomeFlattenedPlanes() {
    // There are 2 x 1 places of 3 channels and 2 outputs, in rows of [(H, W, C), out].
    TensorView view = TensorView.rowMajor(List.of(6, 2)).firstAxisAs(2, 1, 3).permuted(3, 2, 0, 1);

    assertThat(read(view.shaped(List.of(2, 6))))
        .containsExactly(0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11);
  }

  private static float[] read(TensorView view) {
    return Tensors.values(view, FloatBuffer.wrap(Tensors.counted(120)));
  }
}
