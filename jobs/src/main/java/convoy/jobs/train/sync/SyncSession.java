package convoy.jobs.train.sync;

/** A strategy at work in one run. Used by one thread. */
public interface SyncSession extends AutoCloseable {
  /**
   * Trains one round: up to {@code sync.interval} minibatches on each worker, then one state again.
   * A pure function of state, job and round; the given state stays as it is.
   *
   * @return the next state and what the workers report, also when a loss or parameter isn't finite
   */
  RoundResult train(TrainingState state, Round round);

  @Override
  void close();
}
