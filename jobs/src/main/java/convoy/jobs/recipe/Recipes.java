package convoy.jobs.recipe;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.data.pipeline.Pipelines;
import convoy.data.pipeline.Preprocessing;
import convoy.data.transform.ColourComponents;
import convoy.jobs.base.UserException;
import convoy.options.Suggestions;
import convoy.zoo.Engine;
import convoy.zoo.Engines;
import convoy.zoo.FrozenLayers;
import convoy.zoo.Zoo;
import convoy.zoo.engine.Precision;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes recipes. Precedence: 1. {@code --set}, 2. the file, 3. the defaults of {@link
 * Schema} and, for sizes, of the architecture.
 */
public final class Recipes {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private Recipes() {}

  /**
   * The recipe with every default filled in.
   *
   * @param yaml text of the file
   * @param overrides {@code section.key=value}, values typed as in YAML
   * @throws UserException with a line for each problem, all at once
   */
  public static Recipe read(String yaml, List<String> overrides) {
    List<String> problems = new ArrayList<>();
    ObjectNode root = YamlText.read(yaml, overrides, problems);
    if (!problems.isEmpty() && root.isEmpty()) {
      throw refusal(problems); // No YAML at all: what is missing in it says nothing.
    }

    Map<String, Map<String, Object>> values = values(root, problems);
    complete(values, problems);
    if (!problems.isEmpty()) {
      throw refusal(problems);
    }

    return MAPPER.convertValue(values, Recipe.class);
  }

  /** The recipe as YAML that {@link #read} reads back. */
  public static String write(Recipe recipe) {
    ObjectNode root = MAPPER.valueToTree(recipe);
    ObjectNode model = (ObjectNode) root.get("model");
    if (model.get("dropout").isNull()) {
      model.put("dropout", "paper");
    }

    return YamlText.write(root);
  }

  private static UserException refusal(List<String> problems) {
    String all = String.join("\n  ", problems);
    return UserException.usage(
        problems.size() == 1
            ? "recipe: " + all
            : "the recipe has " + problems.size() + " problems\n  " + all);
  }

  private static Map<String, Map<String, Object>> values(ObjectNode root, List<String> problems) {
    unknown("", root, List.copyOf(Schema.sections().keySet()), problems);
    Map<String, Map<String, Object>> values = new LinkedHashMap<>();
    Schema.sections()
        .forEach(
            (section, keys) ->
                values.put(section, section(section, keys, root.path(section), problems)));
    return values;
  }

  private static Map<String, Object> section(
      String section, List<Key> keys, JsonNode node, List<String> problems) {
    if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
      problems.add(section + ": '" + node.asText() + "' is not a map of keys");
    }

    if (node.isObject()) {
      unknown(section + ".", node, keys.stream().map(Key::name).toList(), problems);
    }

    Map<String, Object> values = new LinkedHashMap<>();
    for (Key key : keys) {
      values.put(key.name(), key.byDefault());
      if (node.has(key.name())) {
        try {
          values.put(key.name(), key.value(node.get(key.name())));
        } catch (IllegalArgumentException wrong) {
          problems.add(section + "." + key.name() + ": " + wrong.getMessage());
        }
      }
    }

    return values;
  }

  private static void unknown(
      String prefix, JsonNode node, List<String> known, List<String> problems) {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        problems.add(
            prefix
                + name
                + ": unknown key, "
                + Suggestions.nearest(name, known)
                    .map(nearest -> "did you mean '" + nearest + "'?")
                    .orElse("known are " + String.join(", ", known)));
      }
    }
  }

  /** Sizes and transforms that follow from the architecture, and whether all fit together. */
  private static void complete(Map<String, Map<String, Object>> values, List<String> problems) {
    Map<String, Object> model = values.get("model");
    if (model.get("name") == null) {
      if (problems.stream().noneMatch(problem -> problem.startsWith("model.name"))) {
        problems.add("model.name: missing, known are " + String.join(", ", models()));
      }

      checkTransforms(values.get("data"), null, problems);
      return;
    }

    Architecture architecture = Zoo.architecture((String) model.get("name"));
    model.putIfAbsent(
        "inputSize", architecture.defaultInputSize(String.valueOf(model.get("form"))));
    int size = (Integer) model.get("inputSize");
    Map<String, Object> data = values.get("data");
    data.putIfAbsent("train", List.of(Map.of("randomCrop", size), Map.of("flip", "horizontal")));
    data.putIfAbsent("evaluation", List.of(Map.of("centerCrop", size)));
    boolean sizeKnown =
        problems.stream().noneMatch(problem -> problem.startsWith("model.inputSize"));
    if (problems.stream().noneMatch(problem -> problem.startsWith("model."))) {
      checkNetwork(architecture, MAPPER.convertValue(model, Recipe.Model.class), problems);
    }

    checkTransforms(data, sizeKnown ? size : null, problems);
    Engine engine = engine(values);
    Precision precision = Precision.of((String) values.get("engine").get("precision"));
    if (!engine.precisions().contains(precision)) {
      problems.add(
          "engine.precision: engine.name %s computes in %s; leave precision out"
              .formatted(engine.name(), engine.known()));
    }

    if (problems.isEmpty()) {
      checkMicroBatch(values, problems);
    }
  }

  private static Engine engine(Map<String, Map<String, Object>> values) {
    return Engines.named((String) values.get("engine").get("name"));
  }

  private static void checkMicroBatch(
      Map<String, Map<String, Object>> values, List<String> problems) {
    String part = (String) values.get("training").get("microBatch");
    int batch = (Integer) values.get("training").get("batchSizePerWorker");
    String without = ", leave microBatch out";
    if (part.equals("auto") || Integer.parseInt(part) == batch) {
      return;
    }

    if (Integer.parseInt(part) > batch) {
      problems.add(
          "training.microBatch: %s of a minibatch of %d (training.batchSizePerWorker)"
              .formatted(part, batch));
    } else if (!engine(values).cutsMinibatches()) {
      problems.add(
          "training.microBatch: engine.name "
              + engine(values).name()
              + " takes whole minibatches"
              + without);
    } else if (values.get("model").get("batchNorm").equals(true)) {
      problems.add(
          "training.microBatch: "
              + part
              + " would change batch normalization's statistics"
              + without);
    }
  }

  // Class count and channels come from the dataset; the architecture's own show most misfits.
  private static void checkNetwork(
      Architecture architecture, Recipe.Model model, List<String> problems) {
    Graph graph;
    try {
      graph =
          architecture.graph(
              model.options(
                  architecture.defaultClasses(),
                  model.inputChannels().equals("auto")
                      ? architecture.defaultInputChannels()
                      : Integer.parseInt(model.inputChannels())));
    } catch (IllegalArgumentException | ArithmeticException misfit) {
      problems.add("model: " + misfit.getMessage());
      return;
    }

    try {
      FrozenLayers.of(graph, model.freeze());
    } catch (IllegalArgumentException unknown) {
      problems.add("model.freeze: " + unknown.getMessage());
    }
  }

  /** {@code size} of the input is null where the recipe leaves it open: then any size will do. */
  @SuppressWarnings("unchecked") // The kind of both keys is TransformList.
  private static void checkTransforms(
      Map<String, Object> data, Integer size, List<String> problems) {
    for (String key : List.of("train", "evaluation")) {
      List<Map<String, Object>> transforms = new ArrayList<>();
      if (data.get(key) != null) {
        transforms.addAll((List<Map<String, Object>>) data.get(key));
      }

      if (size == null) {
        transforms.add(Map.of("centerCrop", 1));
      }

      try {
        checkTransforms(key, transforms, size == null ? 1 : size);
      } catch (IllegalArgumentException misfit) {
        problems.add("data." + key + ": " + misfit.getMessage());
      }
    }
  }

  private static void checkTransforms(String key, List<Map<String, Object>> transforms, int size) {
    List<Double> zero = List.of(0.0);
    List<Double> one = List.of(1.0);
    if (key.equals("train")) {
      Pipelines.training(
          transforms, new Preprocessing(size, 1, 1, zero, one, List.of()), ColourComponents.NONE);
    } else {
      Pipelines.evaluation(new Preprocessing(size, 1, 1, zero, one, transforms));
    }
  }

  private static List<String> models() {
    return Zoo.architectures().stream().map(Architecture::name).toList();
  }
}
