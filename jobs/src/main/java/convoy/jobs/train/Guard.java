package convoy.jobs.train;

import convoy.jobs.train.schedule.Schedules;
import convoy.jobs.train.sync.Round;
import convoy.jobs.train.sync.RoundResult;
import convoy.options.Settings;
import java.util.Locale;

/** Checks each round. The run ends if the loss or a parameter is not a finite number. */
record Guard(Settings schedule) {
  /**
   * Says what is wrong with a round and what to do.
   *
   * @param checkpointed number of rounds before the last checkpoint, 0 if there is none
   * @return null if nothing is wrong
   */
  String problem(Round round, RoundResult result, int checkpointed) {
    if (result.finite() && Double.isFinite(result.loss())) {
      return null;
    }

    return String.format(
        Locale.ROOT,
        "the loss of round %d is %.3g or a parameter is not a finite number; %s;"
            + " lower schedule.learningRate (%s) and continue with --resume",
        round.number() + 1,
        result.loss(),
        checkpointed == 0 ? "no checkpoint yet" : "the last checkpoint is of round " + checkpointed,
        schedule.get(Schedules.LEARNING_RATE));
  }
}
