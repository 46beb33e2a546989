package convoy.jobs.train.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlicePlanTest {
  private static final int MOST_BYTES = 64 << 20;

  @Test
  void theSlicesOfTheBiggestNetworkAreWithin64MegabytesAndLeaveNothingOut() {
    int vgg16 = 138_357_544;
    List<SlicePlan.Slice> slices = SlicePlan.of(vgg16, vgg16).slices();

    assertThat(slices).allMatch(slice -> slice.bytes() > 0 && slice.bytes() <= MOST_BYTES);
    for (SlicePlan.Vector vector : SlicePlan.Vector.values()) {
      int next = 0;
      for (SlicePlan.Slice slice : slices) {
        if (slice.vector() == vector) {
          assertThat(slice.offset()).isEqualTo(next);
          next += slice.length();
        }
      }

      assertThat(next).isEqualTo(vgg16);
    }
  }

  @Test
  void biggerSlicesAreRefused() {
    int most = MOST_BYTES / Float.BYTES;
    assertThat(new SlicePlan(most, 0, most).slices()).hasSize(1);
    assertThatThrownBy(() -> new SlicePlan(most, 0, most + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
