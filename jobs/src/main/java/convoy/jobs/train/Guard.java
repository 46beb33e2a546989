package convoy.jobs.train;

import convoy.jobs.train.schedule.Schedules;
import convoy.jobs.train.sync.Round;
import convoy.jobs.train.sync.RoundResult;
import convoy.options.Settings;
import java.util.Locale;

/** Watches over the rounds: one whose loss or parameters are no finite numbers ends the run. */
record Guard(Settings schedule) {
  /**
   * What is wrong with a round and what to do.
   *
   * @param checkpointed rounds before the last checkpoint, 0 without one
   * @return null where nothing is wrong
   */
  String problem(Round round, RoundResult result, int checkpointed) {
    if (result.finite() && Double.isFinite(result.loss())) {
      return null;
    }

    return String.format(
        Locale.ROOT,
        "the loss of round %d is %.3g or a parameter is no finite number; %s;"
            + " lower schedule.learningRate (%s) and go on with --resume",
        round.number() + 1,
        result.loss(),
        checkpointed == 0 ? "no checkpoint yet" : "the last checkpoint is of round " + checkpointed,
        schedule.get(Schedules.LEARNING_RATE));
  }
}
