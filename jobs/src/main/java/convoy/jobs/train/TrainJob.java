package convoy.jobs.train;

import convoy.data.dataset.Manifest;
import convoy.data.dataset.Manifests;
import convoy.jobs.ExitCode;
import convoy.jobs.UserException;
import convoy.jobs.recipe.Recipe;
import convoy.jobs.recipe.Recipes;
import convoy.jobs.spark.HadoopSettings;
import convoy.jobs.spark.WorkerSession;
import convoy.jobs.train.sync.SyncSession;
import convoy.jobs.train.sync.SyncStrategies;
import convoy.jobs.train.sync.SyncStrategy;
import convoy.jobs.train.sync.TrainingJob;
import convoy.zoo.format.ModelDescription;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The train job: checks everything, takes the run, trains, leaves a model. */
public final class TrainJob {
  private static final Logger LOG = LoggerFactory.getLogger(TrainJob.class);

  /** Before Spark's and Hadoop's own hooks, which take the file system away. */
  private static final int BEFORE_SPARK = 100;

  private static final Map<String, String> SPARK_SETTINGS =
      Map.of(
          // A serializer that remembers what it has written would hold all slices of a worker.
          "spark.serializer.objectStreamReset", "1");

  private TrainJob() {}

  /**
   * What to train.
   *
   * @param recipe text of the recipe
   * @param overrides {@code section.key=value}
   * @param dataset folder with a manifest
   * @param out the run's folder
   * @param resume whether a run that is there goes on
   */
  public record Arguments(
      String recipe, List<String> overrides, String dataset, String out, boolean resume) {}

  /**
   * How a run stands at the end.
   *
   * @param top1 of the last validation, null without one
   * @param unchanged whether the run was finished already
   */
  public record Outcome(int rounds, double epochs, Double top1, boolean unchanged) {}

  /**
   * Trains.
   *
   * @throws UserException for anything the user can mend
   */
  public static Outcome run(Arguments arguments) throws IOException {
    Configuration files = HadoopSettings.local().configuration();
    Recipe given = Recipes.read(arguments.recipe(), arguments.overrides());
    SyncStrategy strategy = SyncStrategies.strategy(given.sync().strategy());
    refuse(strategy.problems(given));
    Path dataset = qualified(files, arguments.dataset());
    Manifest manifest = Manifests.read(files, dataset);
    checkExamples(dataset, manifest);
    RunFolder folder = new RunFolder(files, qualified(files, arguments.out()));
    RunStart start = RunStart.check(folder, arguments.resume(), given, manifest);
    if (!start.finished() && Lease.waitForOwner(folder)) { // An owner may have gone on meanwhile.
      start = RunStart.check(folder, arguments.resume(), given, manifest);
    }

    if (start.finished()) {
      RunStatus status = folder.readStatus();
      return new Outcome(status.round(), status.epoch(), status.top1(), true);
    }

    return run(strategy, start, folder, given, dataset, manifest);
  }

  private static Outcome run(
      SyncStrategy strategy,
      RunStart start,
      RunFolder folder,
      Recipe given,
      Path dataset,
      Manifest manifest)
      throws IOException {
    try (Lease lease = Lease.take(folder);
        WorkerSession session =
            WorkerSession.open(
                "convoy train",
                given.training().workers(),
                start.coresPerWorker(given),
                SPARK_SETTINGS)) {
      try {
        return train(session, strategy, start, lease, folder, dataset, manifest);
      } catch (IOException | RuntimeException problem) {
        leaveStatus(lease, problem);
        throw problem;
      }
    }
  }

  private static Outcome train(
      WorkerSession session,
      SyncStrategy strategy,
      RunStart start,
      Lease lease,
      RunFolder folder,
      Path dataset,
      Manifest manifest)
      throws IOException {
    JavaSparkContext spark = new JavaSparkContext(session.spark().sparkContext());
    Recipe recipe = start.effective(session.coresPerWorker(), manifest);
    TrainingJob job =
        new TrainingJob(
            UUID.randomUUID().toString(),
            recipe,
            dataset.toString(),
            manifest,
            HadoopSettings.of(spark.hadoopConfiguration()));
    NetworkShape.Start fresh = NetworkShape.start(job.network(), recipe.training().seed());
    Checkpoints checkpoints = new Checkpoints(folder, fresh.shape(), recipe.checkpoint().keep());
    Checkpoints.Loaded from = checkpoints.newest();
    if (from == null) {
      from = new Checkpoints.Loaded(CheckpointState.start(), fresh.state());
    } else {
      LOG.info("resuming after round {}", from.state().position().rounds());
    }

    start.write(recipe, manifest);
    MetricsLog metrics = new MetricsLog(folder);
    metrics.resumeAt(from.state());
    ModelDescription model = ModelDescriptions.of(job);
    Training training = new Training(spark, job, folder, lease, checkpoints, metrics, model, from);
    Runnable hook = () -> keepLastRound(training);
    ShutdownHookManager.get().addShutdownHook(hook, BEFORE_SPARK);
    CheckpointState end;
    try (SyncSession workers = strategy.open(spark, job)) {
      end = training.run(workers);
    } finally {
      if (!ShutdownHookManager.get().isShutdownInProgress()) {
        ShutdownHookManager.get().removeShutdownHook(hook);
      }
    }

    lease.checkOwner();
    training.writeModel();
    lease.update(status -> status.with(RunStatus.DONE, null));
    Position position = end.position();
    return new Outcome(position.rounds(), position.epoch(), end.lastTop1(), false);
  }

  /** Ctrl-C and SIGTERM: what is lost is at most the round that runs. */
  private static void keepLastRound(Training training) {
    try {
      training.checkpoint();
    } catch (IOException | RuntimeException problem) {
      LOG.warn("the last round was not kept: {}", problem.toString());
    }
  }

  private static void leaveStatus(Lease lease, Exception problem) {
    if (lease.status().state().equals(RunStatus.DIVERGED)) {
      return;
    }

    try {
      lease.update(status -> status.with(RunStatus.FAILED, String.valueOf(problem.getMessage())));
    } catch (IOException | RuntimeException second) {
      problem.addSuppressed(second);
    }
  }

  private static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw UserException.usage("the recipe has problems\n  " + String.join("\n  ", problems));
    }
  }

  private static void checkExamples(Path dataset, Manifest manifest) {
    Manifest.Split split = manifest.splits().get("train");
    if (split == null || split.examples() == 0) {
      throw new UserException(
          ExitCode.BAD_DATA,
          dataset + " has no training examples: prepare a source with a folder train");
    }
  }

  private static Path qualified(Configuration configuration, String path) throws IOException {
    Path given = new Path(path);
    FileSystem files = given.getFileSystem(configuration);
    return files.makeQualified(given);
  }
}
