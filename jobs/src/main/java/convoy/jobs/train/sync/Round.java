package convoy.jobs.train.sync;

import java.io.Serializable;
import java.util.List;

/**
 * One round, with the learning rates of its minibatches. A round never spans two epochs.
 *
 * @param number number of rounds before this one
 * @param epoch epoch of the round, from 0
 * @param firstMinibatch index of the first minibatch in each worker's share of the epoch, the same
 *     for all workers
 * @param firstIteration iteration number of the first minibatch: the number of minibatches that
 *     each worker has trained since the run's start, the same for all workers
 * @param learningRates one rate for each minibatch of a worker; a worker with a smaller share of
 *     the epoch may not need the last ones
 */
public record Round(
    int number, int epoch, long firstMinibatch, long firstIteration, List<Double> learningRates)
    implements Serializable {
  public Round {
    learningRates = List.copyOf(learningRates);
    if (number < 0
        || epoch < 0
        || firstMinibatch < 0
        || firstIteration < firstMinibatch
        || learningRates.isEmpty()) {
      throw new IllegalArgumentException(
          "no round %d, epoch %d, from minibatch %d, iteration %d, of %d minibatches"
              .formatted(number, epoch, firstMinibatch, firstIteration, learningRates.size()));
    }
  }

  /** The most minibatches that a worker trains in this round: the averaging interval, tau. */
  public int minibatches() {
    return learningRates.size();
  }
}
