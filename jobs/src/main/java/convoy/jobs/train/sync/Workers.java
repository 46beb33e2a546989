package convoy.jobs.train.sync;

import convoy.jobs.exchange.TrainingState;

/**
 * The workers of one run as the training loop sees them. One thread uses them. A round consists of
 * {@link #broadcast}, {@link Sent#train}, {@link Trained#mean} and {@link Mean#next}. Its result is
 * a pure function of state, job and round, and the given state doesn't change. Spark may delay all
 * work until the next state is asked for.
 */
public interface Workers extends AutoCloseable {
  /** Sends a state to the workers. The caller closes the result after the round. */
  Sent broadcast(TrainingState state);

  @Override
  void close();

  /** A state that was sent to every worker. */
  interface Sent extends AutoCloseable {
    /** Trains up to {@code sync.interval} minibatches on each worker, starting from the state. */
    Trained train(Round round);

    @Override
    void close();
  }

  /** The workers' states after their minibatches. */
  interface Trained {
    /** The mean of the states, weighted by the examples that each worker has trained on. */
    Mean mean();
  }

  /** The mean of the workers' states. */
  interface Mean {
    /**
     * Lets the strategy make the next state from the mean.
     *
     * @return the next state and the workers' reports, even if a loss or parameter isn't finite
     */
    RoundResult next();
  }
}
