package convoy.jobs.train.sync;

import convoy.jobs.exchange.TrainingState;

/** One round as the training loop does it. */
final class Rounds {
  private Rounds() {}

  static RoundResult train(Workers workers, TrainingState state, Round round) {
    try (Workers.Sent sent = workers.broadcast(state)) {
      return sent.train(round).mean().next();
    }
  }
}
