package convoy.benchmarks.exchange;

import convoy.jobs.exchange.Contribution;
import convoy.jobs.exchange.HeldState;
import convoy.jobs.exchange.Wire;
import convoy.jobs.exchange.WorkerStep;
import java.io.IOException;
import java.util.UUID;

/** A worker's part of a round: it loads the state and changes a little of it. */
record StubStep(HeldState state, int workers) implements WorkerStep<LinkBytes> {
  private static final int EXAMPLES = 64;

  @Override
  public Contribution<LinkBytes> run(int worker) throws IOException {
    LinkBytes before = LinkBytes.here();
    StubNetwork network = StubNetwork.ofThisProcess(state.layout());
    state.loadAll(network, worker, workers, false);
    network.train(worker);
    return new Contribution<>(
        EXAMPLES, UUID.randomUUID(), Contribution.vectorsOf(network), Wire.FLOAT32, before);
  }
}
