package convoy.jobs.train.sync;

import convoy.jobs.exchange.TrainingState;

/**
 * The workers of one run as the training loop sees them. Used by one thread; a round is {@link
 * #broadcast}, {@link Sent#train}, {@link Trained#mean}, {@link Mean#next}. Its result is a pure
 * function of state, job and round, and the given state stays as it is. Spark may put off all work
 * until the next state is asked for.
 */
public interface Workers extends AutoCloseable {
  /** Sends a state to the workers; the caller closes it after the round. */
  Sent broadcast(TrainingState state);

  @Override
  void close();

  /** A state that every worker has. */
  interface Sent extends AutoCloseable {
    /** Trains up to {@code sync.interval} minibatches on each worker from the state. */
    Trained train(Round round);

    @Override
    void close();
  }

  /** The workers' states after their minibatches. */
  interface Trained {
    /** Their mean, weighted by the examples that each worker has seen. */
    Mean mean();
  }

  /** What the workers have learned together. */
  interface Mean {
    /**
     * What the strategy makes of it.
     *
     * @return the next state and what the workers report, also when a loss or parameter isn't
     *     finite
     */
    RoundResult next();
  }
}
