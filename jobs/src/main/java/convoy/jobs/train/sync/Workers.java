package convoy.jobs.train.sync;

import convoy.jobs.exchange.HeldState;
import convoy.jobs.exchange.StateLostException;

/**
 * The workers of one run as the training loop sees them. One thread uses them. A round consists of
 * {@link #train}, {@link Trained#mean} and {@link Mean#next}. Its result is a pure function of
 * state, job and round, and the given state doesn't change. Spark may delay all work until the next
 * state is asked for.
 */
public interface Workers extends AutoCloseable {
  /**
   * Trains up to {@code sync.interval} minibatches on each worker. Each starts from the state,
   * which it reads from where it lies.
   */
  Trained train(HeldState state, Round round);

  @Override
  void close();

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
     * @throws StateLostException if the executors no longer have the whole state
     */
    RoundResult next();
  }
}
