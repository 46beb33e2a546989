package convoy.jobs.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StateLayoutTest {
  private static final int MOST_BYTES = 64 << 20;

  @Test
  void theSlicesOfTheBiggestNetworkAreWithin64MegabytesAndLeaveNothingOut() {
    int vgg16 = 138_357_544;
    StateLayout layout =
        new StateLayout(vgg16, List.of("momentum"), List.of("own"), StateLayout.SLICE_FLOATS);
    List<StateLayout.Cut> slices = layout.cuts();

    assertThat(slices).allMatch(slice -> slice.bytes() > 0 && slice.bytes() <= MOST_BYTES);
    for (String vector : List.of(StateLayout.PARAMETERS, "momentum", "own")) {
      int next = 0;
      for (StateLayout.Cut slice : slices) {
        if (slice.vector().equals(vector)) {
          assertThat(slice.offset()).isEqualTo(next);
          assertThat(slices.get(layout.index(vector, next))).isEqualTo(slice);
          assertThat(layout.cutAt(layout.index(vector, next))).isEqualTo(slice);
          next += slice.length();
        }
      }

      assertThat(next).isEqualTo(vgg16);
    }

    assertThat(layout.networkCuts())
        .isEqualTo(slices.stream().filter(slice -> !slice.vector().equals("own")).toList());
  }

  @Test
  void noSliceOfAVectorIsMuchSmallerThanTheOthers() {
    int alexNet = 61_100_840;
    List<Integer> lengths =
        StateLayout.of(alexNet, List.of(), List.of()).cuts().stream()
            .map(StateLayout.Cut::length)
            .toList();
    assertThat(lengths).hasSize(8).allMatch(length -> Math.abs(length - alexNet / 8) < 8);
  }

  @Test
  void moreWorkersSendSmallerSlicesSoThatATaskHoldsNoMore() {
    StateLayout few = StateLayout.of(61_100_840, List.of("momentum"), List.of());
    assertThat(few.forWorkers(8)).isEqualTo(few);
    for (int workers : List.of(9, 16, 64, 512)) {
      StateLayout many = few.forWorkers(workers);
      assertThat(many.inReduction(workers)).isLessThanOrEqualTo(few.inReduction(8));
      assertThat(many.cuts().stream().mapToLong(StateLayout.Cut::length).sum())
          .isEqualTo(2L * few.length());
    }
  }

  @Test
  void workersSendTheParametersAloneWhereTheRuleHasTheOptimizersState() {
    StateLayout inNetworks = new StateLayout(10, List.of("momentum"), List.of("own"), 4);
    StateLayout inReduction = new StateLayout(10, List.of(), List.of("momentum", "own"), 4);
    assertThat(inReduction.networkCuts()).isEqualTo(inReduction.cutsOf(StateLayout.PARAMETERS));
    assertThat(inReduction.cuts()).as("files have the same vectors").isEqualTo(inNetworks.cuts());
  }

  @Test
  void biggerSlicesAreRefused() {
    int most = MOST_BYTES / Float.BYTES;
    assertThat(new StateLayout(most, List.of(), List.of(), most).cuts()).hasSize(1);
    assertThatThrownBy(() -> new StateLayout(most, List.of(), List.of(), most + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void twoVectorsOfOneNameAreRefused() {
    assertThatThrownBy(() -> new StateLayout(1, List.of("momentum"), List.of("momentum"), 1))
        .hasMessageContaining("two vectors of the same name");
    assertThatThrownBy(() -> new StateLayout(1, List.of(), List.of(StateLayout.PARAMETERS), 1))
        .hasMessageContaining("two vectors of the same name");
  }

  @Test
  void aSliceThatThePlanDoesNotHaveIsAnError() {
    StateLayout layout = new StateLayout(10, List.of("momentum"), List.of(), 4);
    assertThat(layout.index("momentum", 8)).isEqualTo(5);
    assertThatThrownBy(() -> layout.index("other", 0)).hasMessageContaining("no slice of other");
    assertThatThrownBy(() -> layout.index("momentum", 3)).hasMessageContaining("begins at 3");
  }
}
