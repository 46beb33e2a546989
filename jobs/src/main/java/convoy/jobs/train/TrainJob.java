package convoy.jobs.train;

import convoy.jobs.base.Failure;
import convoy.jobs.base.UserException;
import convoy.jobs.io.Stages;
import convoy.jobs.recipe.EffectiveRecipe;
import convoy.jobs.recipe.TrainingKeys;
import convoy.jobs.spark.HadoopSettings;
import convoy.jobs.spark.WorkerSession;
import convoy.jobs.terminal.Interruption;
import convoy.jobs.train.sync.Normalization;
import convoy.jobs.train.sync.TrainingJob;
import convoy.jobs.train.sync.Workers;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The train job: it checks everything, takes the run, trains, and writes a model. */
public final class TrainJob {
  private static final Logger LOG = LoggerFactory.getLogger(TrainJob.class);

  private static final Map<String, String> SPARK_SETTINGS =
      Map.of(
          // A serializer that remembers written objects would hold all slices of a worker.
          "spark.serializer.objectStreamReset", "1");

  private TrainJob() {}

  /**
   * The arguments of train.
   *
   * @param recipe text of the recipe, null for that of the run that continues
   * @param overrides texts {@code section.key=value}
   * @param dataset folder with a manifest, null for that of the run that continues
   * @param out the run's folder
   * @param resume whether an existing run continues
   * @param restart whether an existing run is deleted and trained from the start
   * @param init model or run whose weights a new run starts from, null for random weights
   */
  public record Arguments(
      String recipe,
      List<String> overrides,
      String dataset,
      String out,
      boolean resume,
      boolean restart,
      String init) {}

  /**
   * The result of a run.
   *
   * @param top1 top-1 of the last validation, null if there was none
   * @param unchanged whether the run was finished already
   */
  public record Outcome(int rounds, double epochs, Double top1, boolean unchanged) {}

  /**
   * Trains.
   *
   * @throws UserException for every error that the user can correct
   */
  public static Outcome run(Arguments arguments) throws IOException {
    CheckedRun run = CheckedRun.of(arguments);
    if (run.start().finished()) {
      RunStatus status = run.folder().readStatus();
      return new Outcome(status.round(), status.epoch(), status.top1(), true);
    }

    Stages stages = new Stages(LOG);
    try (RunLease lease = RunLease.take(run.folder())) {
      if (!run.start().fromStart()) {
        Interruption.continueWith("--resume");
      }

      String option = run.start().fromStart() ? "--restart" : "--resume";
      Interruption.keeps(() -> stopBeforeRounds(lease, option));
      try (WorkerSession session =
          stages.run("session", "starting Spark for the workers", () -> session(run))) {
        return train(run, arguments.out(), lease, session, stages);
      } catch (Throwable problem) { // Spark throws checked exceptions that it doesn't declare.
        if (lease.isLost()) { // What ended the work is not the reason.
          UserException loss = lease.takenOver();
          loss.addSuppressed(problem);
          throw loss;
        }

        leaveStatus(lease, problem);
        throw problem;
      }
    }
  }

  private static Outcome train(
      CheckedRun run, String out, RunLease lease, WorkerSession session, Stages stages)
      throws IOException {
    JavaSparkContext spark = new JavaSparkContext(session.spark().sparkContext());
    lease.whenLost(spark.sc()::cancelAllJobs);
    TrainingJob job = job(run, spark, session.coresPerWorker());
    try (RunJournal journal =
        stages.run(
            "begin", "loading the weights", () -> RunBeginning.journal(run, job, spark, lease))) {
      Interruption.continueWithOnly(
          List.of("train", "--resume", "--out", out)); // The rest is in RUN.
      Interruption.keeps(() -> stop(journal));
      WorkerRoom.tell(
          session.spark(),
          run.given().training().get(TrainingKeys.WORKERS),
          journal.state().layout());
      stages.run(
          "rounds",
          "compiling the network, training the first round",
          () -> rounds(run, job, spark, journal));
      CheckpointState end = stages.run("model", "writing the model", journal::finish);
      return new Outcome(end.position().rounds(), end.position().epoch(), end.lastTop1(), false);
    }
  }

  private static WorkerSession session(CheckedRun run) {
    int workers = run.given().training().get(TrainingKeys.WORKERS);
    return WorkerSession.open(
        "convoy train", workers, run.start().coresPerWorker(), SPARK_SETTINGS);
  }

  private static TrainingJob job(CheckedRun run, JavaSparkContext spark, int coresPerWorker) {
    EffectiveRecipe recipe = run.start().effective(coresPerWorker, run.manifest(), run.initial());
    return new TrainingJob(
        UUID.randomUUID().toString(),
        recipe,
        run.dataset().toString(),
        run.manifest(),
        run.initial() == null
            ? Normalization.of(recipe, run.manifest().statistics())
            : run.initial().normalization(),
        HadoopSettings.of(spark.hadoopConfiguration()));
  }

  private static RunPosition rounds(
      CheckedRun run, TrainingJob job, JavaSparkContext spark, RunJournal journal)
      throws IOException {
    try (Workers workers = run.strategy().open(spark, job)) {
      new Training(spark, job, journal).run(workers);
    }

    return journal.position();
  }

  /** Keeps the last round when Ctrl-C or SIGTERM ends the run, and says what was kept. */
  private static String stop(RunJournal journal) {
    try {
      return journal.stop();
    } catch (IOException | RuntimeException problem) {
      return "stopped, and the last round was not kept: " + Failure.of(problem).message();
    }
  }

  private static String stopBeforeRounds(RunLease lease, String option) {
    String reason = "stopped before the first round";
    try {
      lease.update(status -> status.with(RunStatus.STOPPED, reason + "; continue with " + option));
      return reason;
    } catch (IOException | RuntimeException problem) {
      return reason + ", and the status was not written: " + Failure.of(problem).message();
    }
  }

  private static void leaveStatus(RunLease lease, Throwable problem) {
    if (!lease.status().state().equals(RunStatus.RUNNING)) { // The status has the reason already.
      return;
    }

    try {
      String reason = Failure.of(problem).message();
      lease.update(status -> status.with(RunStatus.FAILED, reason));
    } catch (IOException | RuntimeException second) {
      problem.addSuppressed(second);
    }
  }
}
