package convoy.jobs.train;

import convoy.data.order.EpochOrder;
import convoy.jobs.recipe.Recipe;
import convoy.jobs.train.sync.Round;

/**
 * The rounds of a run as a pure function of its sizes. A round never spans two epochs; the last one
 * of an epoch may be short.
 *
 * @param minibatches of an epoch, for the worker with the largest share
 * @param interval minibatches of a round: tau
 */
record RoundPlan(long minibatches, int interval) {
  static RoundPlan of(long examples, Recipe recipe) {
    int workers = recipe.training().workers();
    long largest = 0;
    for (int worker = 0; worker < workers; worker++) {
      largest = Math.max(largest, EpochOrder.share(examples, workers, worker));
    }

    int batch = recipe.training().batchSizePerWorker();
    return new RoundPlan((largest + batch - 1) / batch, recipe.sync().interval());
  }

  long roundsPerEpoch() {
    return (minibatches + interval - 1) / interval;
  }

  Round roundAt(Position position) {
    int length = (int) Math.min(interval, minibatches - position.firstMinibatch());
    return new Round(position.rounds(), position.epoch(), position.firstMinibatch(), length);
  }

  Position after(Position position) {
    long next = position.firstMinibatch() + interval;
    return next < minibatches
        ? new Position(position.rounds() + 1, position.epoch(), next)
        : new Position(position.rounds() + 1, position.epoch() + 1, 0);
  }

  /** Epochs done, with the fraction of the current one. */
  double epochs(Position position) {
    return position.epoch() + (double) position.firstMinibatch() / minibatches;
  }
}
