package convoy.jobs.train;

import convoy.jobs.base.UserException;
import convoy.jobs.exchange.StateLostException;
import convoy.jobs.recipe.CheckpointKeys;
import convoy.jobs.recipe.EffectiveRecipe;
import convoy.jobs.recipe.TrainingKeys;
import convoy.jobs.train.sync.Round;
import convoy.jobs.train.sync.RoundResult;
import convoy.jobs.train.sync.TrainingJob;
import convoy.jobs.train.sync.Workers;
import java.io.IOException;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The training loop (Moritz et al. 2016, SparkNet, section 2), from a position in a run to its end.
 */
final class Training {
  private static final double NANOS_OF_MINUTE = 60e9;

  private final EffectiveRecipe recipe;
  private final RunJournal journal;
  private final Validation validation;
  private long lastCheckpoint = System.nanoTime();

  Training(JavaSparkContext spark, TrainingJob job, RunJournal journal) {
    this.recipe = job.recipe();
    this.journal = journal;
    this.validation = new Validation(spark, job);
  }

  /**
   * Trains to the end of the last epoch. Where a part of the state is lost with its executors, the
   * run goes back to its last checkpoint and makes the same rounds again.
   *
   * @throws UserException with exit code 5 if the loss or a parameter is not a finite number
   */
  void run(Workers workers) throws IOException {
    int epochs = recipe.training().get(TrainingKeys.EPOCHS);
    try (RoundReport report = new RoundReport(journal.rounds().count(epochs))) {
      boolean ended = false;
      while (!ended) {
        try {
          run(workers, epochs, report);
          ended = true;
        } catch (StateLostException lost) {
          journal.goBack(lost);
        }
      }
    }
  }

  private void run(Workers workers, int epochs, RoundReport report) throws IOException {
    // An earlier start may have ended between an epoch's end and its validation.
    validation.runIfDue(journal);
    while (journal.position().epoch() < epochs) {
      Round round = journal.rounds().at(journal.position());
      long started = System.nanoTime();
      Workers.Trained trained = workers.train(journal.state(), round); // tau minibatches on each
      Workers.Mean mean = trained.mean(); // over the workers, weighted by examples
      RoundResult result = mean.next(); // the next state: what the strategy makes of the mean
      report.warnOfOtherCpus(result);
      journal.advance(report, round, result, (System.nanoTime() - started) / 1_000_000);
      validation.runIfDue(journal);
      report.validated(journal.place().lastTop1());
      if (checkpointIsDue(epochs)) {
        journal.checkpoint();
        lastCheckpoint = System.nanoTime();
      }
    }

    journal.awaitCheckpoint();
  }

  private boolean checkpointIsDue(int epochs) {
    double minutes = (System.nanoTime() - lastCheckpoint) / NANOS_OF_MINUTE;
    return journal.position().rounds() % recipe.checkpoint().get(CheckpointKeys.EVERY_ROUNDS) == 0
        || minutes >= recipe.checkpoint().get(CheckpointKeys.EVERY_MINUTES)
        || journal.position().epoch() == epochs;
  }
}
