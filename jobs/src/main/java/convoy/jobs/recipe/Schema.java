package convoy.jobs.recipe;

import convoy.zoo.Engines;
import convoy.zoo.FrozenLayers;
import convoy.zoo.Zoo;
import convoy.zoo.engine.Precision;
import convoy.zoo.graph.Architecture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every section and key of a recipe with its kind and default: the one table of them. */
final class Schema {
  static final List<String> OPTIMIZERS = List.of("sgd");
  static final List<String> SCHEDULES = List.of("constant", "step", "poly");
  static final List<String> STRATEGIES = List.of("averaging", "dl4j");
  private static final int MANY = 1_000_000;

  private static final Map<String, List<Key>> SECTIONS = new LinkedHashMap<>();

  static {
    section(
        "model",
        Key.of("name", Kind.word(models()), null),
        Key.of("inputSize", Kind.whole(1, 4096), null),
        Key.of("inputChannels", Kind.word(List.of("auto", "1", "3")), "auto"),
        Key.of("dropout", Kind.absentOr("paper", Kind.real(0, 0.99)), null),
        Key.of("initializer", Kind.word(List.of("paper", "glorot", "he")), "paper"),
        Key.of("form", Kind.word(Architecture.FORMS), Architecture.FORMS.get(0)),
        Key.of("batchNorm", Kind.flag(), false),
        Key.of("freeze", Kind.text(), FrozenLayers.NONE));
    section(
        "data",
        Key.of("train", TransformList::value, null),
        Key.of("evaluation", TransformList::value, null),
        Key.defaultOnly("normalize", Kind.text(), "dataset"));
    section(
        "optimizer",
        Key.of("name", Kind.word(OPTIMIZERS), "sgd"),
        Key.of("momentum", Kind.real(0, 0.9999), 0.9),
        Key.of("weightDecay", Kind.real(0, 1), 0.0005),
        Key.of("biasLearningRateFactor", Kind.real(0, 1000), 2.0),
        Key.of("biasWeightDecayFactor", Kind.real(0, 1000), 0.0));
    section(
        "schedule",
        Key.of("name", Kind.word(SCHEDULES), "step"),
        Key.of("learningRate", Kind.positive(1000), 0.01),
        Key.of("factor", Kind.positive(1), 0.1),
        Key.of("everyEpochs", Kind.positive(MANY), 30.0),
        Key.of("power", Kind.positive(100), 0.5));
    section(
        "training",
        Key.of("epochs", Kind.whole(1, MANY), 90),
        Key.of("workers", Kind.whole(1, 10_000), 2),
        Key.of("coresPerWorker", Kind.wordOr("auto", Kind.whole(1, 1024)), "auto"),
        Key.of("batchSizePerWorker", Kind.whole(1, 65_536), 64),
        Key.of("microBatch", Kind.wordOr("auto", Kind.whole(1, 65_536)), "auto"),
        Key.of("seed", Kind.seed(), 42L));
    section(
        "sync",
        Key.of("strategy", Kind.word(STRATEGIES), "averaging"),
        Key.of("interval", Kind.whole(1, MANY), 10),
        Key.defaultOnly("momentum", Kind.text(), "average"),
        Key.defaultOnly("wire", Kind.text(), "fp32"));
    section(
        "checkpoint",
        Key.of("everyRounds", Kind.whole(1, MANY), 50),
        Key.of("keep", Kind.whole(1, MANY), 3));
    section(
        "evaluation",
        Key.of("everyEpochs", Kind.whole(1, MANY), 1),
        Key.of("split", Kind.word(List.of("val", "train")), "val"));
    section(
        "guard",
        Key.defaultOnly("flatEpochs", Kind.whole(1, MANY), 5),
        Key.defaultOnly("lossFactor", Kind.positive(MANY), 3.0),
        Key.defaultOnly("maxRollbacks", Kind.whole(0, MANY), 3));
    section(
        "engine",
        Key.of("name", Kind.word(Engines.names(), Engines.oldNames()), "auto"),
        Key.of("precision", Kind.word(Precision.names()), Precision.FLOAT32.toString()));
  }

  private Schema() {}

  /** Sections in the order of the file. */
  static Map<String, List<Key>> sections() {
    return SECTIONS;
  }

  private static void section(String name, Key... keys) {
    SECTIONS.put(name, List.of(keys));
  }

  private static List<String> models() {
    return Zoo.architectures().stream().map(Architecture::name).toList();
  }
}
