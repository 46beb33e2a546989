package convoy.benchmarks.exchange;

import convoy.jobs.exchange.HeldState;
import convoy.jobs.exchange.StateLayout;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.function.Function;

/**
 * A worker's look at the state after all rounds.
 *
 * @param link what it carried before the look
 * @param wrong floats that are not what the rounds should have made
 */
record Check(LinkBytes link, long wrong) implements Serializable {
  /** Looks at every {@code workers}th slice, so that all workers together look at all. */
  record Of(KnownState known, HeldState state, int workers, int rounds)
      implements Function<Integer, Check> {
    @Override
    public Check call(Integer worker) throws IOException {
      LinkBytes link = LinkBytes.here();
      long wrong = 0;
      List<StateLayout.Cut> cuts = known.layout().networkCuts();
      for (int slice = worker; slice < cuts.size(); slice += workers) {
        wrong += known.wrong(cuts.get(slice), state.slice(slice).floats(), rounds, workers);
      }

      return new Check(link, wrong);
    }
  }
}
