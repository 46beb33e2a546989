package convoy.jobs.train;

import convoy.data.order.EpochShares;
import convoy.jobs.recipe.SyncInterval;
import convoy.jobs.train.schedule.Schedule;
import convoy.jobs.train.sync.Round;
import java.util.stream.LongStream;

/**
 * The rounds of a run with their learning rates, as a pure function of sizes and schedule. A round
 * never spans two epochs, so the last round of an epoch may be short.
 */
record RoundSequence(EpochShares shares, SyncInterval interval, Schedule schedule) {
  /** The number of rounds in a run. */
  long count(int epochs) {
    long rounds = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (long first = 0; first < shares.minibatches(); first += length(epoch, first)) {
        rounds++;
      }
    }

    return rounds;
  }

  /** The number of minibatches in the round that begins there. */
  private long length(int epoch, long first) {
    double rate = schedule.highestFrom(shares.epochsDone(epoch, first));
    return Math.min(interval.minibatches(epoch, rate), shares.minibatches() - first);
  }

  private double rate(int epoch, long minibatch) {
    return schedule.learningRate(shares.epochsDone(epoch, minibatch));
  }

  Round at(RunPosition position) {
    int epoch = position.epoch();
    long first = position.firstMinibatch();
    return new Round(
        position.rounds(),
        epoch,
        first,
        epoch * shares.minibatches() + first,
        LongStream.range(first, first + length(epoch, first))
            .mapToObj(minibatch -> rate(epoch, minibatch))
            .toList());
  }

  RunPosition after(RunPosition position) {
    long first = position.firstMinibatch();
    long next = first + length(position.epoch(), first);
    return next < shares.minibatches()
        ? new RunPosition(position.rounds() + 1, position.epoch(), next)
        : new RunPosition(position.rounds() + 1, position.epoch() + 1, 0);
  }

  /** The number of finished epochs, plus the fraction of the current one. */
  double epochs(RunPosition position) {
    return shares.epochsDone(position.epoch(), position.firstMinibatch());
  }
}
