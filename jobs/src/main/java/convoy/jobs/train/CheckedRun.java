package convoy.jobs.train;

import convoy.data.dataset.Manifest;
import convoy.data.dataset.Manifests;
import convoy.data.files.Storage;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.io.Places;
import convoy.jobs.recipe.EngineKeys;
import convoy.jobs.recipe.Recipe;
import convoy.jobs.recipe.Recipes;
import convoy.jobs.recipe.SyncKeys;
import convoy.jobs.spark.HadoopSettings;
import convoy.jobs.spark.Master;
import convoy.jobs.train.sync.SyncStrategy;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A run whose arguments are checked. Nothing is written before all checks have passed.
 *
 * @param dataset folder of the manifest, with scheme
 * @param initial the model that the run starts from, null for random weights
 */
record CheckedRun(
    RunFolder folder,
    Path dataset,
    Manifest manifest,
    SyncStrategy strategy,
    RunStart start,
    InitialModel initial) {

  /**
   * Checks everything, and waits for another process that may still train in the folder.
   *
   * @throws UserException for every error that the user can correct
   */
  static CheckedRun of(TrainJob.Arguments arguments) throws IOException {
    Master.given();
    Configuration files = HadoopSettings.local().configuration();
    RunFolder folder = new RunFolder(files, qualified(files, arguments.out()));
    requireBoth(arguments);
    Recipe given =
        arguments.recipe() == null
            ? RunStart.ofRun(folder, arguments.overrides())
            : Recipes.read(arguments.recipe(), arguments.overrides());
    SyncStrategy strategy = SyncStrategies.strategy(given.sync().get(SyncKeys.STRATEGY));
    refuse(strategy.problems(given));
    Path dataset =
        arguments.dataset() == null
            ? new Path(new RunDataset(folder).path())
            : qualified(files, arguments.dataset());
    Manifest manifest = Manifests.read(files, dataset);
    checkExamples(dataset, manifest);
    checkApart(dataset, folder.path());
    RunStart start = RunStart.check(folder, arguments, given, manifest);
    if (!start.finished()
        && RunLease.waitForOwner(folder)) { // Its owner may have trained meanwhile.
      start = RunStart.check(folder, arguments, given, manifest);
    }

    checkInitStays(files, start, arguments.init());
    InitialModel initial = InitialModel.of(start, arguments.init(), manifest);
    if (!start.finished()) {
      checkPrecision(start);
    }

    return new CheckedRun(folder, dataset, manifest, strategy, start, initial);
  }

  /** A run that continues knows its recipe and its dataset. */
  private static void requireBoth(TrainJob.Arguments arguments) {
    if (arguments.resume()) {
      return;
    }

    String missing =
        arguments.recipe() == null ? "--recipe" : arguments.dataset() == null ? "--data" : null;
    if (missing != null) {
      throw UserException.usage(
          "missing required option: '%s'; only --resume of a run that has begun works without it"
              .formatted(missing));
    }
  }

  Recipe given() {
    return start.given();
  }

  /** Reports here, before any task, that this CPU doesn't compute in the precision. */
  private static void checkPrecision(RunStart start) {
    String problem = start.engine().problem(EngineKeys.precision(start.given().engine()));
    if (problem != null) {
      throw UserException.usage("engine.precision: " + problem);
    }
  }

  /** A run that is deleted can't give its own weights to the next one. */
  private static void checkInitStays(Configuration files, RunStart start, String init)
      throws IOException {
    if (start.fromStart()
        && init != null
        && Places.overlap(Places.of(qualified(files, init)), Places.of(start.folder().path()))) {
      throw UserException.usage(
          "--init %s lies in the run that --restart deletes: choose another --out".formatted(init));
    }
  }

  private static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw UserException.usage("the recipe has problems", problems);
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
   * Refuses a run inside its dataset: its files would be read as shards, and deleted when prepare
   * replaces the dataset.
   */
  private static void checkApart(Path dataset, Path run) throws IOException {
    if (Places.overlap(Places.of(dataset), Places.of(run))) {
      throw UserException.usage(
          "--out %s and --data %s lie inside one another: keep them apart".formatted(run, dataset));
    }
  }

  private static Path qualified(Configuration configuration, String path) throws IOException {
    Path given = new Path(path);
    FileSystem files = Storage.of(configuration, given);
    return files.makeQualified(given);
  }
}
