package convoy.jobs.train.sync;

import java.io.Serializable;

/**
 * One round: where it begins and how far it goes. A round never spans two epochs.
 *
 * @param number rounds of the run before this one
 * @param epoch from 0
 * @param firstMinibatch of each worker in its share of the epoch, the same for all workers
 * @param minibatches at most so many on each worker: the averaging interval, tau
 */
public record Round(int number, int epoch, long firstMinibatch, int minibatches)
    implements Serializable {
  public Round {
    if (number < 0 || epoch < 0 || firstMinibatch < 0 || minibatches < 1) {
      throw new IllegalArgumentException(
          "no round " + number + ", " + epoch + ", " + firstMinibatch + ", " + minibatches);
    }
  }
}
