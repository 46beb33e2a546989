package convoy.jobs.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.data.dataset.Manifest;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.io.HadoopFiles;
import convoy.jobs.io.ModelFolder;
import convoy.jobs.recipe.Recipe;
import convoy.jobs.recipe.Recipes;
import convoy.zoo.Engines;
import convoy.zoo.Zoo;
import convoy.zoo.engine.MicroBatches;
import convoy.zoo.graph.Graph;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether and how a run begins: a new one, one that goes on, or one that is finished. The first
 * start resolves what is auto; every later one uses the same numbers.
 *
 * @param given the recipe as the user gives it now
 * @param stored the effective recipe of an earlier start, null for a new run
 * @param finished whether nothing is left to do
 */
record RunStart(RunFolder folder, Recipe given, Recipe stored, boolean finished) {
  private static final Logger LOG = LoggerFactory.getLogger(RunStart.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATASET = "dataset.json";

  /**
   * Keys that may differ when a run goes on: how far, how often, on how many cores, and the
   * learning rate, which is a function of the place alone. The rest decides what the stored state
   * means.
   */
  private static final Set<String> MAY_CHANGE =
      Set.of(
          "schedule.name",
          "schedule.learningRate",
          "schedule.factor",
          "schedule.everyEpochs",
          "schedule.power",
          "training.coresPerWorker",
          "training.epochs",
          "checkpoint.everyRounds",
          "checkpoint.keep",
          "evaluation.everyEpochs",
          "evaluation.split");

  /** Keys that the first start resolves when they are auto. */
  private static final Set<String> RESOLVED =
      Set.of(
          "training.coresPerWorker", "training.microBatch", "model.inputChannels", "engine.name");

  static RunStart check(RunFolder folder, boolean resume, Recipe given, Manifest manifest)
      throws IOException {
    if (folder.isAbsentOrEmpty()) {
      return new RunStart(folder, given, null, false);
    }

    if (!resume) {
      throw UserException.usage(
          folder.path()
              + " is not empty: add --resume to go on with its run, or choose another --out");
    }

    if (!HadoopFiles.exists(folder.configuration(), folder.recipe())) {
      if (!HadoopFiles.exists(folder.configuration(), folder.status())) {
        throw UserException.usage(
            folder.path() + " holds something else than a run: choose another --out");
      }

      return new RunStart(folder, given, null, false); // Died before its first round.
    }

    Recipe stored = stored(folder);
    refuseChanges(folder, given, stored);
    refuseOtherDataset(folder, manifest);
    RunStatus status = folder.readStatus();
    boolean finished =
        status != null
            && status.state().equals(RunStatus.DONE)
            && status.epoch() >= given.training().epochs()
            && ModelFolder.isWhole(folder.configuration(), folder.model());
    return new RunStart(folder, given, stored, finished);
  }

  private static Recipe stored(RunFolder folder) throws IOException {
    try {
      return Recipes.read(HadoopFiles.readText(folder.configuration(), folder.recipe()), List.of());
    } catch (UserException | ChecksumException damaged) {
      throw new UserException(
          ExitCode.BAD_DATA,
          "%s of the run is damaged (%s): put it back, or choose another --out"
              .formatted(folder.recipe(), damaged.getMessage().lines().findFirst().orElse("")),
          damaged);
    }
  }

  /** What is asked for; auto is the number of the start before. */
  String coresPerWorker() {
    String asked = given.training().coresPerWorker();
    if (stored == null) {
      return asked;
    }

    String before = stored.training().coresPerWorker();
    if (asked.equals("auto") || asked.equals(before)) {
      return before;
    }

    LOG.warn(
        "training.coresPerWorker was {} and is {} from here on: sums run in another order, the"
            + " weights are no longer those of an undisturbed run to the last bit",
        before,
        asked);
    return asked;
  }

  /** The recipe with what auto stands for. */
  Recipe effective(int coresPerWorker, Manifest manifest, InitialModel initial) {
    Recipe.Model model = given.model();
    String channels = model.inputChannels();
    if (channels.equals("auto") && initial != null) {
      channels = initial.inputChannels();
    } else if (channels.equals("auto")) {
      channels = manifest.statistics().gray() ? "1" : "3";
    }

    Recipe.Training training = given.training();
    return new Recipe(
        new Recipe.Model(
            model.name(),
            model.inputSize(),
            channels,
            model.dropout(),
            model.initializer(),
            model.form(),
            model.batchNorm(),
            model.freeze()),
        given.data(),
        given.optimizer(),
        given.schedule(),
        new Recipe.Training(
            training.epochs(),
            training.workers(),
            String.valueOf(coresPerWorker),
            training.batchSizePerWorker(),
            microBatch(manifest, channels),
            training.seed()),
        given.sync(),
        given.checkpoint(),
        given.evaluation(),
        given.guard(),
        new Recipe.Engine(Engines.named(given.engine().name()).name(), given.engine().precision()));
  }

  private String microBatch(Manifest manifest, String channels) {
    Recipe.Training training = given.training();
    if (!training.microBatch().equals("auto")) {
      return training.microBatch();
    }

    Recipe.Model model = given.model();
    Graph graph =
        Zoo.architecture(model.name())
            .graph(model.options(manifest.classes().size(), Integer.parseInt(channels)));
    int batch = training.batchSizePerWorker();
    return String.valueOf(
        Engines.named(given.engine().name()).cutsMinibatches()
            ? MicroBatches.of(graph, batch)
            : batch);
  }

  /** Leaves the effective recipe, and before it which dataset and initial model it was. */
  void write(Recipe effective, Manifest manifest, InitialModel initial) throws IOException {
    if (initial != null) {
      initial.write(folder);
    } else { // A start that died before this line may have left one.
      HadoopFiles.delete(folder.configuration(), folder.initialModel());
    }

    HadoopFiles.writeText(
        folder.configuration(),
        new Path(folder.path(), DATASET),
        datasetMark(manifest).toPrettyString() + "\n");
    HadoopFiles.writeText(folder.configuration(), folder.recipe(), Recipes.write(effective));
  }

  private static void refuseChanges(RunFolder folder, Recipe given, Recipe stored) {
    List<String> changes = new ArrayList<>();
    JsonNode before = JSON.valueToTree(stored);
    JsonNode now = JSON.valueToTree(given);
    for (Iterator<Map.Entry<String, JsonNode>> sections = now.fields(); sections.hasNext(); ) {
      Map.Entry<String, JsonNode> section = sections.next();
      section
          .getValue()
          .fields()
          .forEachRemaining(
              entry -> {
                String key = section.getKey() + "." + entry.getKey();
                JsonNode old = before.path(section.getKey()).path(entry.getKey());
                boolean resolved =
                    RESOLVED.contains(key) && entry.getValue().asText().equals("auto");
                if (!old.equals(entry.getValue()) && !MAY_CHANGE.contains(key) && !resolved) {
                  changes.add(key + ": " + old + " before, " + entry.getValue() + " now");
                }
              });
    }

    if (!changes.isEmpty()) {
      throw UserException.usage(
          "the run in %s began with another recipe; give the same one, or choose another --out (what may change: %s)\n  %s"
              .formatted(
                  folder.path(),
                  String.join(", ", MAY_CHANGE.stream().sorted().toList()),
                  String.join("\n  ", changes)));
    }
  }

  private static void refuseOtherDataset(RunFolder folder, Manifest manifest) throws IOException {
    Path file = new Path(folder.path(), DATASET);
    if (!HadoopFiles.exists(folder.configuration(), file)) {
      return;
    }

    JsonNode before;
    try {
      before = JSON.readTree(HadoopFiles.readText(folder.configuration(), file));
    } catch (JsonProcessingException | ChecksumException damaged) {
      throw new UserException(
          ExitCode.BAD_DATA,
          file + " is damaged: delete it if --data is what the run began with",
          damaged);
    }

    if (!before.equals(datasetMark(manifest))) {
      throw UserException.badData(
          "the run in %s was trained on other data: give the dataset it began with, or choose another --out"
              .formatted(folder.path()));
    }
  }

  private static ObjectNode datasetMark(Manifest manifest) {
    return JSON.createObjectNode().put("manifest", ModelDescriptions.fingerprint(manifest));
  }
}
