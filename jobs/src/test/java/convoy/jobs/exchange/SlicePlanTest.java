package convoy.jobs.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlicePlanTest {
  private static final int MOST_BYTES = 64 << 20;

  @Test
  void theSlicesOfTheBiggestNetworkAreWithin64MegabytesAndLeaveNothingOut() {
    int vgg16 = 138_357_544;
    SlicePlan plan =
        new SlicePlan(vgg16, List.of("momentum"), List.of("own"), SlicePlan.SLICE_FLOATS);
    List<SlicePlan.Cut> slices = plan.cuts();

    assertThat(slices).allMatch(slice -> slice.bytes() > 0 && slice.bytes() <= MOST_BYTES);
    for (String vector : List.of(SlicePlan.PARAMETERS, "momentum", "own")) {
      int next = 0;
      for (SlicePlan.Cut slice : slices) {
        if (slice.vector().equals(vector)) {
          assertThat(slice.offset()).isEqualTo(next);
          assertThat(slices.get(plan.index(vector, next))).isEqualTo(slice);
          next += slice.length();
        }
      }

      assertThat(next).isEqualTo(vgg16);
    }

    assertThat(plan.networkCuts())
        .isEqualTo(slices.stream().filter(slice -> !slice.vector().equals("own")).toList());
  }

  @Test
  void biggerSlicesAreRefused() {
    int most = MOST_BYTES / Float.BYTES;
    assertThat(new SlicePlan(most, List.of(), List.of(), most).cuts()).hasSize(1);
    assertThatThrownBy(() -> new SlicePlan(most, List.of(), List.of(), most + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void twoVectorsOfOneNameAreRefused() {
    assertThatThrownBy(() -> new SlicePlan(1, List.of("momentum"), List.of("momentum"), 1))
        .hasMessageContaining("two vectors of the same name");
    assertThatThrownBy(() -> new SlicePlan(1, List.of(), List.of(SlicePlan.PARAMETERS), 1))
        .hasMessageContaining("two vectors of the same name");
  }

  @Test
  void aSliceThatThePlanDoesNotHaveIsAnError() {
    SlicePlan plan = new SlicePlan(10, List.of("momentum"), List.of(), 4);
    assertThat(plan.index("momentum", 8)).isEqualTo(5);
    assertThatThrownBy(() -> plan.index("other", 0)).hasMessageContaining("no slice of other");
    assertThatThrownBy(() -> plan.index("momentum", 3)).hasMessageContaining("begins at 3");
  }
}
