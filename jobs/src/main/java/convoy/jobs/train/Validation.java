package convoy.jobs.train;

import convoy.jobs.evaluate.EvaluationResult;
import convoy.jobs.evaluate.Evaluator;
import convoy.jobs.exchange.HeldState;
import convoy.jobs.predict.Classifier;
import convoy.jobs.recipe.EffectiveRecipe;
import convoy.jobs.recipe.EvaluationKeys;
import convoy.jobs.recipe.TrainingKeys;
import convoy.jobs.terminal.Phase;
import convoy.jobs.train.sync.TrainingJob;
import java.io.IOException;
import org.apache.spark.api.java.JavaSparkContext;

/** Evaluates the state of a run on its validation split, at the end of an epoch. */
record Validation(JavaSparkContext spark, TrainingJob job) {
  /** Validates once if an epoch has just ended and the recipe asks for a validation after it. */
  void runIfDue(RunJournal journal) throws IOException {
    CheckpointState place = journal.place();
    int epoch = place.position().epoch();
    EffectiveRecipe recipe = job.recipe();
    boolean turn =
        epoch % recipe.evaluation().get(EvaluationKeys.EVERY_EPOCHS) == 0
            || epoch == recipe.training().get(TrainingKeys.EPOCHS);
    String split = recipe.evaluation().get(EvaluationKeys.SPLIT);
    if (place.position().atEpochStart()
        && turn
        && place.evaluatedEpoch() < epoch
        && hasExamples(split)) {
      journal.validated(
          split, Phase.during("validating on " + split, () -> evaluate(journal, split)));
    }
  }

  private boolean hasExamples(String split) {
    return job.manifest().splits().containsKey(split)
        && job.manifest().splits().get(split).examples() > 0;
  }

  private EvaluationResult evaluate(RunJournal journal, String split) throws IOException {
    HeldState weights = journal.state();
    try {
      return Evaluator.evaluate(
          spark,
          job.hadoop(),
          Classifier.of(job.network(), weights, job.preprocessing()),
          job.dataset(),
          job.manifest(),
          split);
    } catch (Exception problem) { // Spark throws checked exceptions that it doesn't declare.
      weights.requireWhole();
      throw problem;
    }
  }
}
