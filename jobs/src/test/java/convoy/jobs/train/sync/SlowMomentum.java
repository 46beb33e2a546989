package convoy.jobs.train.sync;

import convoy.jobs.exchange.Slice;
import convoy.jobs.exchange.SliceRule.Next;
import convoy.jobs.exchange.SliceRule.Place;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/** A rule with a vector of its own, for tests: momentum over the steps of whole rounds. */
record SlowMomentum(float factor) implements SyncRule {
  static final String VECTOR = "slowMomentum";

  @Override
  public String name() {
    return "slow-momentum";
  }

  @Override
  public List<String> ownVectors() {
    return List.of(VECTOR);
  }

  @Override
  public Next parameters(Round round, Place place, Slice mean) {
    Slice state = Slice.zeros(mean.length());
    Slice momentum = Slice.zeros(mean.length());
    FloatBuffer before = place.before().floats();
    FloatBuffer own = place.own(VECTOR).floats();
    for (int i = 0; i < mean.length(); i++) {
      float step = next(own.get(i), before.get(i), mean.floats().get(i));
      momentum.floats().put(i, step);
      state.floats().put(i, before.get(i) - step);
    }

    return new Next(state, Map.of(VECTOR, momentum));
  }

  float next(float momentum, float before, float mean) {
    return factor * momentum + (before - mean);
  }
}
