package convoy.jobs.train;

import convoy.data.dataset.Manifest;
import convoy.jobs.recipe.CheckpointKeys;
import convoy.jobs.recipe.EffectiveRecipe;
import convoy.jobs.recipe.EvaluationKeys;
import convoy.jobs.recipe.ModelKeys;
import convoy.jobs.recipe.SyncKeys;
import convoy.jobs.recipe.TrainingKeys;
import convoy.jobs.train.schedule.Schedules;
import convoy.jobs.train.sync.TrainingJob;
import convoy.zoo.FrozenLayers;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins a run's rounds at its newest checkpoint, a given model, or random weights. */
final class RunBeginning {
  private static final Logger LOG = LoggerFactory.getLogger(RunBeginning.class);

  private RunBeginning() {}

  /** Loads the first state and opens the journal, which then has the only reference to it. */
  static RunJournal journal(CheckedRun run, TrainingJob job, RunLease lease) throws IOException {
    EffectiveRecipe recipe = job.recipe();
    NetworkShape.Start fresh =
        NetworkShape.start(
            job.network(), recipe.training().get(TrainingKeys.SEED), run.strategy().ownVectors());
    Checkpoints checkpoints =
        new Checkpoints(run.folder(), fresh.shape(), recipe.checkpoint().get(CheckpointKeys.KEEP));
    lease.checkOwner(); // Starting Spark took a while.
    if (run.start().fromStart()) {
      run.folder().clear();
    }

    Checkpoints.Loaded from = checkpoints.newest();
    if (from == null) {
      if (run.initial() != null) {
        run.initial().load(job.hadoop().configuration(), recipe, job.manifest(), fresh);
      } else if (!recipe.model().get(ModelKeys.FREEZE).equals(FrozenLayers.NONE)) {
        LOG.warn("model.freeze without --init: the frozen layers keep their random weights");
      }

      from = new Checkpoints.Loaded(CheckpointState.start(), fresh.state());
    } else {
      LOG.info("resuming after round {}", from.state().position().rounds());
      run.start().warnOfJump(rounds(job).epochs(from.state().position()));
    }

    lease.checkOwner(); // Loading the weights did, too.
    run.start().write(recipe, job.manifest(), run.dataset(), run.initial());
    warnWithoutValidation(recipe.evaluation().get(EvaluationKeys.SPLIT), job.manifest());
    MetricsLog metrics = new MetricsLog(run.folder());
    metrics.resumeAt(from.state());
    ModelWriter models =
        new ModelWriter(run.folder(), checkpoints, ModelDescriptions.of(job, run.initial()));
    return new RunJournal(lease, metrics, models, rounds(job), new Guard(recipe.schedule()), from);
  }

  private static RoundSequence rounds(TrainingJob job) {
    EffectiveRecipe recipe = job.recipe();
    return new RoundSequence(
        job.shares(),
        recipe.sync().get(SyncKeys.INTERVAL),
        Schedules.of(recipe.schedule(), recipe.training().get(TrainingKeys.EPOCHS)));
  }

  private static void warnWithoutValidation(String name, Manifest manifest) {
    Manifest.Split split = manifest.splits().get(name);
    if (split == null || split.examples() == 0) {
      LOG.warn(
          "the dataset has no examples in its split {}, so the run is never validated and gets no"
              + " best/; prepare with --val-fraction above 0",
          name);
    }
  }
}
