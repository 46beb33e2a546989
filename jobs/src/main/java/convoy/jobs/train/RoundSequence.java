package convoy.jobs.train;

import convoy.data.order.EpochShares;
import convoy.jobs.train.schedule.Schedule;
import convoy.jobs.train.sync.Round;
import java.util.stream.LongStream;

/**
 * The rounds of a run with their learning rates, as a pure function of sizes and schedule. A round
 * never spans two epochs, so the last round of an epoch may be short.
 *
 * @param interval number of minibatches in a round: tau
 */
record RoundSequence(EpochShares shares, int interval, Schedule schedule) {
  long perEpoch() {
    return (shares.minibatches() + interval - 1) / interval;
  }

  Round at(RunPosition position) {
    int epoch = position.epoch();
    long first = position.firstMinibatch();
    long length = Math.min(interval, shares.minibatches() - first);
    return new Round(
        position.rounds(),
        epoch,
        first,
        epoch * shares.minibatches() + first,
        LongStream.range(first, first + length)
            .mapToObj(minibatch -> schedule.learningRate(shares.epochsDone(epoch, minibatch)))
            .toList());
  }

  RunPosition after(RunPosition position) {
    long next = position.firstMinibatch() + interval;
    return next < shares.minibatches()
        ? new RunPosition(position.rounds() + 1, position.epoch(), next)
        : new RunPosition(position.rounds() + 1, position.epoch() + 1, 0);
  }

  /** The number of finished epochs, plus the fraction of the current one. */
  double epochs(RunPosition position) {
    return shares.epochsDone(position.epoch(), position.firstMinibatch());
  }
}
