package convoy.jobs.recipe;

import convoy.data.pipeline.Pipelines;
import convoy.data.pipeline.Preprocessing;
import convoy.data.transform.ColourComponents;
import convoy.jobs.train.schedule.Schedules;
import convoy.options.Key;
import convoy.options.Settings;
import convoy.zoo.Engine;
import convoy.zoo.FrozenLayers;
import convoy.zoo.Zoo;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds sizes and transforms that follow from the architecture, and checks that all sections fit
 * together.
 */
final class Completion {
  private final Map<String, Settings> sections;
  private final List<String> problems;

  private Completion(Map<String, Settings> sections, List<String> problems) {
    this.sections = new LinkedHashMap<>(sections);
    this.problems = problems;
  }

  /**
   * Completes the sections.
   *
   * @param problems problems of single keys; a line is added for each value that doesn't fit
   */
  static Map<String, Settings> of(Map<String, Settings> sections, List<String> problems) {
    Completion completion = new Completion(sections, problems);
    completion.complete();
    return completion.sections;
  }

  private void complete() {
    String strategy = sections.get("sync").get(SyncKeys.STRATEGY);
    fill("sync", SyncKeys.INTERVAL, SyncKeys.interval(strategy));
    String name = sections.get("model").get(ModelKeys.NAME);
    if (name == null) { // This is reported already.
      checkTransforms(null);
      return;
    }

    Architecture architecture = Zoo.architecture(name);
    fill(
        "model",
        ModelKeys.INPUT_SIZE,
        architecture.defaultInputSize(sections.get("model").get(ModelKeys.FORM)));
    int size = sections.get("model").get(ModelKeys.INPUT_SIZE);
    fill("data", DataKeys.TRAIN, List.of(Map.of("randomCrop", size), Map.of("flip", "horizontal")));
    fill("data", DataKeys.EVALUATION, List.of(Map.of("centerCrop", size)));
    boolean sizeKnown = isWithoutProblem("model.inputSize");
    if (isWithoutProblem("model.")) {
      checkNetwork(architecture);
    }

    checkTransforms(sizeKnown ? size : null);
    checkSchedule();
    Engine engine = EngineKeys.engine(sections.get("engine"));
    if (!engine.precisions().contains(EngineKeys.precision(sections.get("engine")))) {
      problems.add(
          "engine.precision: engine.name %s computes in %s; leave precision out"
              .formatted(engine.name(), engine.known()));
    }

    if (problems.isEmpty()) {
      checkMicroBatch(engine);
    }
  }

  private void checkSchedule() {
    try {
      Schedules.of(sections.get("schedule"), sections.get("training").get(TrainingKeys.EPOCHS));
    } catch (IllegalArgumentException misfit) {
      problems.add(misfit.getMessage());
    }
  }

  private <T> void fill(String section, Key<T> key, T value) {
    Settings settings = sections.get(section);
    if (settings.get(key) == null) {
      sections.put(section, settings.with(key, value));
    }
  }

  private boolean isWithoutProblem(String beginning) {
    return problems.stream().noneMatch(problem -> problem.startsWith(beginning));
  }

  private void checkMicroBatch(Engine engine) {
    Settings training = sections.get("training");
    Integer part = training.get(TrainingKeys.MICRO_BATCH);
    int batch = training.get(TrainingKeys.BATCH_SIZE_PER_WORKER);
    String without = ", leave microBatch out";
    if (part == null || part == batch) {
      return;
    }

    if (part > batch) {
      problems.add(
          "training.microBatch: %d of a minibatch of %d (training.batchSizePerWorker)"
              .formatted(part, batch));
    } else if (!engine.cutsMinibatches()) {
      problems.add(
          "training.microBatch: engine.name "
              + engine.name()
              + " takes whole minibatches"
              + without);
    } else if (sections.get("model").get(ModelKeys.BATCH_NORM)) {
      problems.add(
          "training.microBatch: "
              + part
              + " would change batch normalization's statistics"
              + without);
    }
  }

  // The dataset decides class count and channels. The architecture's own show most errors.
  private void checkNetwork(Architecture architecture) {
    Settings model = sections.get("model");
    Integer channels = model.get(ModelKeys.INPUT_CHANNELS);
    Graph graph;
    try {
      graph =
          architecture.graph(
              ModelKeys.options(
                  model,
                  architecture.defaultClasses(),
                  channels == null ? architecture.defaultInputChannels() : channels));
    } catch (IllegalArgumentException | ArithmeticException misfit) {
      problems.add("model: " + misfit.getMessage());
      return;
    }

    try {
      FrozenLayers.of(graph, model.get(ModelKeys.FREEZE));
    } catch (IllegalArgumentException unknown) {
      problems.add("model.freeze: " + unknown.getMessage());
    }
  }

  /** Checks the transforms. A null {@code size} means that the recipe allows any input size. */
  private void checkTransforms(Integer size) {
    for (Key<List<Map<String, Object>>> key : List.of(DataKeys.TRAIN, DataKeys.EVALUATION)) {
      List<Map<String, Object>> transforms = new ArrayList<>();
      if (sections.get("data").get(key) != null) {
        transforms.addAll(sections.get("data").get(key));
      }

      if (size == null) {
        transforms.add(Map.of("centerCrop", 1));
      }

      try {
        checkTransforms(key, transforms, size == null ? 1 : size);
      } catch (IllegalArgumentException misfit) {
        problems.add("data." + key.name() + ": " + misfit.getMessage());
      }
    }
  }

  private static void checkTransforms(
      Key<List<Map<String, Object>>> key, List<Map<String, Object>> transforms, int size) {
    List<Double> zero = List.of(0.0);
    List<Double> one = List.of(1.0);
    if (key.equals(DataKeys.TRAIN)) {
      Pipelines.training(
          transforms, new Preprocessing(size, 1, 1, zero, one, List.of()), ColourComponents.NONE);
    } else {
      Pipelines.evaluation(new Preprocessing(size, 1, 1, zero, one, transforms));
    }
  }
}
