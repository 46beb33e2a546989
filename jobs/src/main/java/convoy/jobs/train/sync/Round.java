package convoy.jobs.train.sync;

import java.io.Serializable;
import java.util.List;

/**
 * One round: where it begins, how far it goes, and the learning rates of its minibatches. A round
 * never spans two epochs.
 *
 * @param number rounds of the run before this one
 * @param epoch from 0
 * @param firstMinibatch of each worker in its share of the epoch, the same for all workers
 * @param firstIteration the iteration number of the first minibatch: the minibatches of each worker
 *     since the run's start, counted from 0 and the same for all workers; the minibatches that
 *     follow count on
 * @param learningRates one for each minibatch of a worker; a worker with a smaller share of the
 *     epoch may not need the last ones
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

  /** At most this many minibatches run on each worker: the averaging interval, tau. */
  public int minibatches() {
    return learningRates.size();
  }
}
