package convoy.jobs.train;

import convoy.data.dataset.Manifest;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.io.HadoopFiles;
import convoy.jobs.io.ModelFolder;
import convoy.jobs.io.OwnedFolder;
import convoy.jobs.recipe.EffectiveRecipe;
import convoy.jobs.recipe.EngineKeys;
import convoy.jobs.recipe.ModelKeys;
import convoy.jobs.recipe.Recipe;
import convoy.jobs.recipe.RecipeSections;
import convoy.jobs.recipe.Recipes;
import convoy.jobs.recipe.TrainingKeys;
import convoy.jobs.train.schedule.Schedules;
import convoy.options.Key;
import convoy.options.Settings;
import convoy.zoo.Engine;
import convoy.zoo.Engines;
import convoy.zoo.Zoo;
import convoy.zoo.engine.MicroBatches;
import convoy.zoo.graph.Graph;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a run begins: as a new run, as a resumed one, or not at all if it is finished. The first
 * start gives each {@code auto} a value, and every later start uses the same values.
 *
 * @param given the recipe that the user gives now
 * @param stored the effective recipe of an earlier start, null for a new run
 * @param fromStart whether everything of an earlier run is deleted first
 * @param finished whether nothing is left to do
 */
record RunStart(
    RunFolder folder, Recipe given, Recipe stored, boolean fromStart, boolean finished) {
  private static final Logger LOG = LoggerFactory.getLogger(RunStart.class);

  static RunStart check(
      RunFolder folder, TrainJob.Arguments arguments, Recipe given, Manifest manifest)
      throws IOException {
    OwnedFolder.State state = folder.state();
    if (state == OwnedFolder.State.EMPTY) {
      return ofNewRun(folder, given, false);
    }

    if (!arguments.resume() && !arguments.restart()) {
      throw UserException.usage(
          folder.path()
              + " is not empty: add --resume to continue its run, --restart to train from the"
              + " start, or choose another --out");
    }

    if (state == OwnedFolder.State.FOREIGN) {
      throw UserException.usage(
          folder.path() + " holds something else, not a run: choose another --out");
    }

    if (arguments.restart()) {
      if (!folder.hasStatus()) { // Somebody's folder may hold a recipe.yaml, too.
        throw UserException.usage(
            "%s holds no run, as it has no status.json: --restart deletes nothing there; choose another --out"
                .formatted(folder.path()));
      }

      return ofNewRun(folder, given, true);
    }

    if (!HadoopFiles.exists(folder.configuration(), folder.recipe())) {
      return ofNewRun(folder, given, false); // It ended before its first round.
    }

    Recipe stored = stored(folder);
    refuseChanges(folder, given, stored);
    new RunDataset(folder).refuseOther(manifest);
    RunStatus status = folder.readStatus();
    boolean finished =
        status != null
            && status.state().equals(RunStatus.DONE)
            && status.epoch() >= given.training().get(TrainingKeys.EPOCHS)
            && ModelFolder.isWhole(folder.configuration(), folder.model());
    return new RunStart(folder, given, stored, false, finished);
  }

  private static RunStart ofNewRun(RunFolder folder, Recipe given, boolean fromStart) {
    return new RunStart(folder, given, null, fromStart, false);
  }

  /**
   * The recipe that the run has stored, with overrides.
   *
   * @throws UserException with exit code 2 if the run has none yet
   */
  static Recipe ofRun(RunFolder folder, List<String> overrides) throws IOException {
    if (!HadoopFiles.exists(folder.configuration(), folder.recipe())) {
      throw folder.notBegun();
    }

    Recipe stored = stored(folder); // Now the file is whole, so any problem is an override's.
    if (overrides.isEmpty()) {
      return stored;
    }

    // The stored value follows from the minibatch, and is resolved again to the same.
    List<String> all = new ArrayList<>(overrides);
    String microBatch = "training.microBatch=";
    if (overrides.stream().noneMatch(override -> override.startsWith(microBatch))) {
      all.add(microBatch + "auto");
    }

    return Recipes.readStored(folder.readRecipe(), all);
  }

  private static Recipe stored(RunFolder folder) throws IOException {
    try {
      return Recipes.readStored(folder.readRecipe(), List.of());
    } catch (UserException | ChecksumException damaged) {
      throw new UserException(
          ExitCode.BAD_DATA,
          "%s of the run is damaged (%s): put it back, train from the start with --restart, or choose another --out"
              .formatted(folder.recipe(), damaged.getMessage().lines().findFirst().orElse("")),
          damaged);
    }
  }

  /** The given number; for auto that of the earlier start, and empty at the first start. */
  OptionalInt coresPerWorker() {
    Integer asked = given.training().get(TrainingKeys.CORES_PER_WORKER);
    Integer before = resolvedBefore(TrainingKeys.CORES_PER_WORKER, RecipeSections::training);
    if (before != null && asked != null && !asked.equals(before)) {
      LOG.warn(
          "training.coresPerWorker was {} and is {} from now on: sums have a different order, so"
              + " the last bits of the weights differ from those of an uninterrupted run",
          before,
          asked);
    }

    Integer cores = asked == null ? before : asked;
    return cores == null ? OptionalInt.empty() : OptionalInt.of(cores);
  }

  /** Says so if the learning rate jumps because its schedule ends with the last epoch. */
  void warnOfJump(double epoch) {
    if (stored == null) {
      return;
    }

    int before = stored.training().get(TrainingKeys.EPOCHS);
    int now = given.training().get(TrainingKeys.EPOCHS);
    double rateBefore = Schedules.of(given.schedule(), before).learningRate(epoch);
    double rateNow = Schedules.of(given.schedule(), now).learningRate(epoch);
    if (before != now && rateBefore != rateNow) {
      LOG.warn(
          "schedule.name={} spans all epochs, so with training.epochs={} instead of {} the learning"
              + " rate jumps from {} to {} at epoch {}; the run differs from one that began with {}"
              + " epochs",
          given.schedule().get(Schedules.NAME),
          now,
          before,
          rounded(rateBefore),
          rounded(rateNow),
          String.format(Locale.ROOT, "%.2f", epoch),
          now);
    }
  }

  private static String rounded(double rate) {
    return String.format(Locale.ROOT, "%.4g", rate);
  }

  /** The recipe with a value for each auto, which stays the same for the whole run. */
  EffectiveRecipe effective(int coresPerWorker, Manifest manifest, InitialModel initial) {
    int channels =
        resolved(
            ModelKeys.INPUT_CHANNELS,
            RecipeSections::model,
            () -> initial != null ? initial.inputChannels() : manifest.statistics().gray() ? 1 : 3);
    int microBatch =
        resolved(
            TrainingKeys.MICRO_BATCH,
            RecipeSections::training,
            () -> microBatch(manifest, channels));
    return given.effective(channels, coresPerWorker, microBatch, engine().name());
  }

  /** The given engine; for auto that of the earlier start, else the best one. */
  Engine engine() {
    boolean auto = given.engine().get(EngineKeys.NAME).equals(Engines.AUTO);
    return EngineKeys.engine(auto && stored != null ? stored.engine() : given.engine());
  }

  /** The given value, else that of the earlier start, else a new one. */
  private <T> T resolved(
      Key<T> key, Function<RecipeSections, Settings> section, Supplier<T> otherwise) {
    T asked = section.apply(given).get(key);
    T value = asked == null ? resolvedBefore(key, section) : asked;
    return value == null ? otherwise.get() : value;
  }

  /** The stored value; null at the first start, or if an older Convoy didn't know the key. */
  private <T> T resolvedBefore(Key<T> key, Function<RecipeSections, Settings> section) {
    return stored == null ? null : section.apply(stored).get(key);
  }

  private int microBatch(Manifest manifest, int channels) {
    Graph graph =
        Zoo.architecture(given.model().get(ModelKeys.NAME))
            .graph(ModelKeys.options(given.model(), manifest.classes().size(), channels));
    int batch = given.training().get(TrainingKeys.BATCH_SIZE_PER_WORKER);
    return engine().cutsMinibatches() ? MicroBatches.of(graph, batch) : batch;
  }

  /** Writes what identifies dataset and initial model, and then the effective recipe. */
  void write(EffectiveRecipe effective, Manifest manifest, Path dataset, InitialModel initial)
      throws IOException {
    if (initial != null) {
      initial.write(folder);
    } else { // A start that ended before this line may have left one.
      HadoopFiles.delete(folder.configuration(), folder.initialModel());
    }

    new RunDataset(folder).write(manifest, dataset);
    folder.writeRecipe(Recipes.write(effective));
  }

  private static void refuseChanges(RunFolder folder, Recipe given, Recipe stored) {
    List<String> changes = given.forbiddenChanges(stored);
    if (!changes.isEmpty()) {
      throw UserException.usage(
          "the run in %s can't continue with %s; give the value it began with, or choose another --out (only these may change: %s)"
              .formatted(
                  folder.path(),
                  String.join(", ", changes),
                  String.join(", ", Recipe.changeable())));
    }
  }
}
