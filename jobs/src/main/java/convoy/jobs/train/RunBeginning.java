package convoy.jobs.train;

import convoy.data.dataset.Manifest;
import convoy.jobs.exchange.FirstState;
import convoy.jobs.exchange.HeldState;
import convoy.jobs.recipe.CheckpointKeys;
import convoy.jobs.recipe.EffectiveRecipe;
import convoy.jobs.recipe.EvaluationKeys;
import convoy.jobs.recipe.ModelKeys;
import convoy.jobs.recipe.SyncKeys;
import convoy.jobs.recipe.TrainingKeys;
import convoy.jobs.spark.internal.Blocks;
import convoy.jobs.train.schedule.Schedules;
import convoy.jobs.train.sync.TrainingJob;
import convoy.zoo.FrozenLayers;
import java.io.IOException;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins a run's rounds at its newest checkpoint, a given model, or random weights. */
final class RunBeginning {
  private static final Logger LOG = LoggerFactory.getLogger(RunBeginning.class);

  private final CheckedRun run;
  private final TrainingJob job;
  private final JavaSparkContext spark;
  private final int owner = Blocks.newOwner();
  private final NetworkShape shape;
  private final Checkpoints checkpoints;

  private RunBeginning(CheckedRun run, TrainingJob job, JavaSparkContext spark) {
    this.run = run;
    this.job = job;
    this.spark = spark;
    this.shape =
        NetworkShape.of(
            job.network(), run.strategy(), job.recipe().training().get(TrainingKeys.WORKERS));
    this.checkpoints =
        new Checkpoints(run.folder(), shape, job.recipe().checkpoint().get(CheckpointKeys.KEEP));
  }

  /** Loads the first state and opens the journal. */
  static RunJournal journal(CheckedRun run, TrainingJob job, JavaSparkContext spark, RunLease lease)
      throws IOException {
    RunBeginning beginning = new RunBeginning(run, job, spark);
    lease.checkOwner(); // Starting Spark took a while.
    if (run.start().fromStart()) {
      run.folder().clear();
    }

    EffectiveRecipe recipe = job.recipe();
    ModelWriter models =
        new ModelWriter(
            run.folder(), beginning.checkpoints, ModelDescriptions.of(job, run.initial()));
    RunJournal journal =
        new RunJournal(
            lease,
            new MetricsLog(run.folder()),
            models,
            rounds(job),
            new Guard(recipe.schedule()),
            beginning::begin);
    if (journal.position().rounds() > 0) {
      LOG.info("resuming after round {}", journal.position().rounds());
      run.start().warnOfJump(rounds(job).epochs(journal.position()));
    }

    run.start().write(recipe, job.manifest(), run.dataset(), run.initial());
    warnWithoutValidation(recipe.evaluation().get(EvaluationKeys.SPLIT), job.manifest());
    return journal;
  }

  private RunJournal.Begun begin() throws IOException {
    try (FirstState first = shape.open(job.network())) {
      CheckpointState newest = checkpoints.newest(first);
      if (newest == null) {
        initialize(first);
      }

      return new RunJournal.Begun(
          newest == null ? CheckpointState.start() : newest,
          HeldState.inDriver(spark, owner, UUID.randomUUID(), first));
    }
  }

  private void initialize(FirstState state) throws IOException {
    EffectiveRecipe recipe = job.recipe();
    state.initialize(recipe.training().get(TrainingKeys.SEED));
    if (run.initial() != null) {
      run.initial().load(job.hadoop().configuration(), recipe, job.manifest(), state);
    } else if (!recipe.model().get(ModelKeys.FREEZE).equals(FrozenLayers.NONE)) {
      LOG.warn("model.freeze without --init: the frozen layers keep their random weights");
    }
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
