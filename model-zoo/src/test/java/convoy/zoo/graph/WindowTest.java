package convoy.zoo.graph;

import static convoy.zoo.graph.Window.kernel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WindowTest {
  @Test
  void floorLeavesALastPartOutAndCeilTakesIt() {
    assertThat(kernel(3).stride(2).count(112)).isEqualTo(55);
    assertThat(kernel(3).stride(2).ceil().count(112)).isEqualTo(56);
    assertThat(kernel(3).stride(2).count(55)).isEqualTo(27);
    assertThat(kernel(3).stride(2).ceil().count(55)).isEqualTo(27);
  }

  @Test
  void theLastWindowNeverStartsInTheRightPadding() {
    // Rounding up alone would give 3, but the third window would start at 4 - 1 = 3, which is
    // outside of 3 values.
    assertThat(kernel(2).stride(2).padding(1).ceil().count(3)).isEqualTo(2);
    assertThat(kernel(2).stride(2).padding(1).ceil().count(4)).isEqualTo(3);
  }

  @Test
  void everyWindowOfCeilStartsInsideAndCoversWhatFloorCovers() {
    for (int size = 1; size < 40; size++) {
      for (int kernel = 1; kernel <= 5; kernel++) {
        for (int stride = 1; stride <= 4; stride++) {
          for (int padding = 0; padding <= kernel / 2 && padding < kernel; padding++) {
            Window window = kernel(kernel).stride(stride).padding(padding);
            int ceiled = window.ceil().count(size);
            int lastStart = (ceiled - 1) * stride;
            assertThat(lastStart).isLessThan(size + padding);
            assertThat(ceiled - window.count(size)).isBetween(0, 1);
          }
        }
      }
    }
  }

  @Test
  void whatDoesNotSlideIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> kernel(0));
    assertThatIllegalArgumentException().isThrownBy(() -> kernel(3).stride(0));
    assertThatIllegalArgumentException().isThrownBy(() -> kernel(3).padding(4));
  }
}
