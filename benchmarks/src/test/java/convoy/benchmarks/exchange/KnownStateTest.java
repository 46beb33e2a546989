package convoy.benchmarks.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.exchange.StateLayout;
import convoy.jobs.exchange.TrainingState;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownStateTest {
  private static final int WORKERS = 4;
  private static final StateLayout LAYOUT =
      new StateLayout(3 * StubNetwork.STRIDE + 5, List.of("momentum"), List.of(), 1 << 15);
  private static final List<StateLayout.Cut> CUTS = LAYOUT.cuts();
  private final KnownState known = new KnownState(LAYOUT);

  @Test
  void theMeanOfTheWorkersIsWhatIsKnown() {
    TrainingState state = known.start();
    for (int i = 0; i < CUTS.size(); i++) {
      assertThat(known.wrong(CUTS.get(i), afterRound(state, i), 1, WORKERS)).isZero();
    }
  }

  @Test
  void aRoundLessOrMoreIsNoticedWhereWorkersChangeSomething() {
    FloatBuffer slice = afterRound(known.start(), 0);
    assertThat(known.wrong(CUTS.get(0), slice, 0, WORKERS)).isEqualTo(1);
    assertThat(known.wrong(CUTS.get(0), slice, 2, WORKERS)).isEqualTo(1);
  }

  @Test
  void aSliceOfTheOtherVectorIsNoticed() {
    TrainingState state = known.start();
    int momentum = LAYOUT.index("momentum", 0);
    assertThat(known.wrong(CUTS.get(momentum), state.slice(0).floats(), 0, WORKERS))
        .isEqualTo(CUTS.get(momentum).length());
  }

  /** The mean over workers that have each loaded the state into a stub and changed it. */
  private FloatBuffer afterRound(TrainingState state, int slice) {
    StateLayout.Cut cut = CUTS.get(slice);
    StubNetwork network = StubNetwork.ofThisProcess(LAYOUT);
    boolean parameters = cut.vector().equals(StateLayout.PARAMETERS);
    float[] sum = new float[cut.length()];
    for (int worker = 0; worker < WORKERS; worker++) {
      var vector = parameters ? network.parameters() : network.optimizerState();
      vector.write(cut.offset(), state.slice(slice).floats());
      network.train(worker);
      FloatBuffer values = FloatBuffer.allocate(cut.length());
      vector.read(cut.offset(), values);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += values.get(i);
      }
    }

    for (int i = 0; i < sum.length; i++) {
      sum[i] /= WORKERS;
    }

    return FloatBuffer.wrap(sum);
  }
}
