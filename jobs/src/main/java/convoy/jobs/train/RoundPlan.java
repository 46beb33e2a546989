package convoy.jobs.train;

import convoy.data.order.EpochShares;
import convoy.jobs.train.sync.Round;

/**
 * The rounds of a run as a pure function of its sizes. A round never spans two epochs; the last one
 * of an epoch may be short.
 *
 * @param interval minibatches of a round: tau
 */
record RoundPlan(EpochShares shares, int interval) {
  long roundsPerEpoch() {
    return (shares.minibatches() + interval - 1) / interval;
  }

  Round roundAt(Position position) {
    int length = (int) Math.min(interval, shares.minibatches() - position.firstMinibatch());
    return new Round(position.rounds(), position.epoch(), position.firstMinibatch(), length);
  }

  Position after(Position position) {
    long next = position.firstMinibatch() + interval;
    return next < shares.minibatches()
        ? new Position(position.rounds() + 1, position.epoch(), next)
        : new Position(position.rounds() + 1, position.epoch() + 1, 0);
  }

  /** Epochs done, with the fraction of the current one. */
  double epochs(Position position) {
    return shares.epochsDone(position.epoch(), position.firstMinibatch());
  }
}
