package convoy.zoo.graph;

import static convoy.zoo.graph.Window.kernel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WindowTest {
  @Test
  void floor_leaves_a_last_part_out_and_ceil_takes_it() {
    assertThat(kernel(3).stride(2).count(112)).isEqualTo(55);
    assertThat(kernel(3).stride(2).ceil().count(112)).isEqualTo(56);
    assertThat(kernel(3).stride(2).count(55)).isEqualTo(27);
    assertThat(kernel(3).stride(2).ceil().count(55)).isEqualTo(27);
  }

  @Test
  void the_last_window_never_starts_in_the_right_padding() {
    // By ceil alone these would be 3: the third window would start at 4 - 1 = 3, outside of 3.
    assertThat(kernel(2).stride(2).padding(1).ceil().count(3)).isEqualTo(2);
    assertThat(kernel(2).stride(2).padding(1).ceil().count(4)).isEqualTo(3);
  }

  @Test
  void every_window_of_ceil_starts_inside_and_covers_what_floor_covers() {
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
  void what_does_not_slide_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> kernel(0));
    assertThatIllegalArgumentException().isThrownBy(() -> kernel(3).stride(0));
    assertThatIllegalArgumentException().isThrownBy(() -> kernel(3).padding(3));
  }
}
