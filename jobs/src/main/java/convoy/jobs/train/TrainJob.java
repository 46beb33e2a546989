package convoy.jobs.train;

import convoy.data.dataset.Manifest;
import convoy.data.dataset.Manifests;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.Failure;
import convoy.jobs.base.UserException;
import convoy.jobs.io.Places;
import convoy.jobs.io.Progress;
import convoy.jobs.recipe.Recipe;
import convoy.jobs.recipe.Recipes;
import convoy.jobs.spark.HadoopSettings;
import convoy.jobs.spark.Master;
import convoy.jobs.spark.WorkerSession;
import convoy.jobs.train.sync.Normalization;
import convoy.jobs.train.sync.SyncStrategy;
import convoy.jobs.train.sync.TrainingJob;
import convoy.jobs.train.sync.Workers;
import convoy.zoo.Engines;
import convoy.zoo.FrozenLayers;
import convoy.zoo.engine.Precision;
import convoy.zoo.format.ModelDescription;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
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

  /** A checkpoint of VGG-16 is 1.1 GB; Hadoop's own limit is 30 s. */
  private static final int HOOK_MINUTES = 5;

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
   * @param init model or run whose weights a new run starts from, null for drawn weights
   */
  public record Arguments(
      String recipe,
      List<String> overrides,
      String dataset,
      String out,
      boolean resume,
      String init) {}

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
    Master.given(); // Before the run is taken.
    Configuration files = HadoopSettings.local().configuration();
    Recipe given = Recipes.read(arguments.recipe(), arguments.overrides());
    SyncStrategy strategy = SyncStrategies.strategy(given.sync().strategy());
    refuse(strategy.problems(given));
    Path dataset = qualified(files, arguments.dataset());
    Manifest manifest = Manifests.read(files, dataset);
    checkExamples(dataset, manifest);
    RunFolder folder = new RunFolder(files, qualified(files, arguments.out()));
    checkApart(dataset, folder.path());
    RunStart start = RunStart.check(folder, arguments.resume(), given, manifest);
    if (!start.finished() && Lease.waitForOwner(folder)) { // An owner may have gone on meanwhile.
      start = RunStart.check(folder, arguments.resume(), given, manifest);
    }

    if (start.finished()) {
      RunStatus status = folder.readStatus();
      return new Outcome(status.round(), status.epoch(), status.top1(), true);
    }

    checkPrecision(given.engine());
    InitialModel initial = InitialModel.of(start, arguments.init(), manifest);
    return run(strategy, start, initial, folder, given, dataset, manifest);
  }

  /** Says here, not in a task, what no CPU like this one computes. */
  private static void checkPrecision(Recipe.Engine engine) {
    String problem = Engines.named(engine.name()).problem(Precision.of(engine.precision()));
    if (problem != null) {
      throw UserException.usage("engine.precision: " + problem);
    }
  }

  private static Outcome run(
      SyncStrategy strategy,
      RunStart start,
      InitialModel initial,
      RunFolder folder,
      Recipe given,
      Path dataset,
      Manifest manifest)
      throws IOException {
    try (Lease lease = Lease.take(folder)) {
      try (WorkerSession session =
          WorkerSession.open(
              "convoy train", given.training().workers(), start.coresPerWorker(), SPARK_SETTINGS)) {
        return train(session, strategy, start, initial, lease, folder, dataset, manifest);
      } catch (Throwable problem) { // Spark throws checked exceptions that it doesn't declare.
        leaveStatus(lease, problem);
        throw problem;
      }
    }
  }

  private static Outcome train(
      WorkerSession session,
      SyncStrategy strategy,
      RunStart start,
      InitialModel initial,
      Lease lease,
      RunFolder folder,
      Path dataset,
      Manifest manifest)
      throws IOException {
    JavaSparkContext spark = new JavaSparkContext(session.spark().sparkContext());
    Recipe recipe = start.effective(session.coresPerWorker(), manifest, initial);
    TrainingJob job =
        new TrainingJob(
            UUID.randomUUID().toString(),
            recipe,
            dataset.toString(),
            manifest,
            initial == null
                ? Normalization.of(recipe, manifest.statistics())
                : initial.normalization(),
            HadoopSettings.of(spark.hadoopConfiguration()));
    Training training = begin(spark, strategy, job, start, initial, lease, folder);
    Runnable hook = () -> keepLastRound(training);
    ShutdownHookManager.get().addShutdownHook(hook, BEFORE_SPARK, HOOK_MINUTES, TimeUnit.MINUTES);
    CheckpointState end;
    try (Workers workers = strategy.open(spark, job)) {
      end = training.run(workers);
    } finally {
      if (!ShutdownHookManager.get().isShutdownInProgress()) {
        ShutdownHookManager.get().removeShutdownHook(hook);
      }
    }

    lease.checkOwner();
    training.writeModel();
    lease.update(status -> training.here(status).with(RunStatus.DONE, null));
    Position position = end.position();
    return new Outcome(position.rounds(), position.epoch(), end.lastTop1(), false);
  }

  /**
   * Where the run stands. A method of its own: its variables would hold the first state, 1.1 GB of
   * VGG-16, as long as the run lasts.
   */
  private static Training begin(
      JavaSparkContext spark,
      SyncStrategy strategy,
      TrainingJob job,
      RunStart start,
      InitialModel initial,
      Lease lease,
      RunFolder folder)
      throws IOException {
    Recipe recipe = job.recipe();
    Manifest manifest = job.manifest();
    NetworkShape.Start fresh = NetworkShape.start(job.network(), recipe.training().seed(), strategy.ownVectors());
    Checkpoints checkpoints = new Checkpoints(folder, fresh.shape(), recipe.checkpoint().keep());
    Checkpoints.Loaded from = checkpoints.newest();
    if (from == null) {
      if (initial != null) {
        initial.load(job.hadoop().configuration(), recipe, manifest, fresh);
      } else if (!recipe.model().freeze().equals(FrozenLayers.NONE)) {
        LOG.warn("model.freeze without --init: the frozen layers keep what was drawn for them");
      }

      from = new Checkpoints.Loaded(CheckpointState.start(), fresh.state());
    } else {
      LOG.info("resuming after round {}", from.state().position().rounds());
    }

    start.write(recipe, manifest, initial);
    warnWithoutValidation(recipe.evaluation().split(), manifest);
    MetricsLog metrics = new MetricsLog(folder);
    metrics.resumeAt(from.state());
    ModelDescription model = ModelDescriptions.of(job, initial);
    return new Training(spark, job, folder, lease, checkpoints, metrics, model, from);
  }

  /** Ctrl-C and SIGTERM: what is lost is at most the round that runs. */
  private static void keepLastRound(Training training) {
    String line;
    try {
      line = training.stop();
    } catch (IOException | RuntimeException problem) {
      line = "stopped, the last round was not kept: " + Failure.of(problem).message();
    }

    // The logger may be closed by now.
    System.err.println((Progress.isTerminal() ? "\n" : "") + "convoy train: " + line);
  }

  private static void leaveStatus(Lease lease, Throwable problem) {
    if (!lease.status().state().equals(RunStatus.RUNNING)) { // The reason stands there already.
      return;
    }

    try {
      String reason = Failure.of(problem).message();
      lease.update(status -> status.with(RunStatus.FAILED, reason));
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

    if (manifest.classes().size() < 2) {
      throw UserException.badData(
          "%s has %d class, a network needs at least 2: prepare a source with a folder a class"
              .formatted(dataset, manifest.classes().size()));
    }
  }

  /**
   * A run inside its dataset would be read as shards, or go with them when prepare replaces them.
   */
  private static void checkApart(Path dataset, Path run) throws IOException {
    if (Places.overlap(Places.of(dataset), Places.of(run))) {
      throw UserException.usage(
          "--out %s and --data %s lie inside one another: keep them apart".formatted(run, dataset));
    }
  }

  private static void warnWithoutValidation(String name, Manifest manifest) {
    Manifest.Split split = manifest.splits().get(name);
    if (split == null || split.examples() == 0) {
      LOG.warn(
          "the dataset has no examples in its split {}: the run is never validated and gets no"
              + " best/; prepare with --val-fraction above 0",
          name);
    }
  }

  private static Path qualified(Configuration configuration, String path) throws IOException {
    Path given = new Path(path);
    FileSystem files = given.getFileSystem(configuration);
    return files.makeQualified(given);
  }
}
