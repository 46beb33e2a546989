package convoy.zoo;

import static convoy.zoo.engine.Precision.BFLOAT16;
import static convoy.zoo.engine.Precision.FLOAT32;

import convoy.zoo.engine.EngineException;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.SharedWeights;
import convoy.zoo.nd4j.Nd4jNetwork;
import convoy.zoo.nd4j.Nd4jWeights;
import convoy.zoo.plan.PlanNetwork;
import convoy.zoo.plan.PlanWeights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The registry of engines, with one line for each. The best engine comes first. */
public final class Engines {
  /** The name that stands for the best engine. */
  public static final String AUTO = "auto";

  private static final List<Engine> ENGINES =
      List.of(
          new Engine(
              "plan",
              List.of(),
              true,
              Set.of(FLOAT32, BFLOAT16),
              PlanNetwork::computes,
              PlanNetwork::open,
              PlanWeights::open),
          new Engine(
              "nd4j",
              List.of("dl4j"),
              false,
              Set.of(FLOAT32),
              precision -> true,
              Nd4jNetwork::open,
              Nd4jWeights::open));

  private Engines() {}

  /** Returns the names that a recipe may give as {@code engine.name}, with {@code auto} first. */
  public static List<String> names() {
    return Stream.concat(Stream.of(AUTO), ENGINES.stream().map(Engine::name)).toList();
  }

  /** Maps each name that stored recipes may still give to the name that is used today. */
  public static Map<String, String> oldNames() {
    Map<String, String> names = new LinkedHashMap<>();
    ENGINES.forEach(engine -> engine.oldNames().forEach(old -> names.put(old, engine.name())));
    return names;
  }

  /**
   * Returns the engine of this name. A run keeps its engine, because another engine would give
   * results that differ in the last digits.
   *
   * @param name one of {@link #names()} or {@link #oldNames()}; {@code auto} is the best engine
   * @throws IllegalArgumentException when there is no such engine
   */
  public static Engine named(String name) {
    return name.equals(AUTO)
        ? ENGINES.get(0)
        : ENGINES.stream()
            .filter(engine -> engine.name().equals(name) || engine.oldNames().contains(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "unknown engine '%s': known are %s"
                            .formatted(name, String.join(", ", names()))));
  }

  /**
   * Opens a network. Its parameters are zero until they are initialized or written.
   *
   * @param name as {@link #named} takes it
   * @throws IllegalArgumentException when there is no such engine
   * @throws EngineException when the engine can't work in this process or on this machine
   */
  public static Network open(String name, NetworkSpec spec) {
    Engine engine = named(name);
    engine.require(spec.execution());
    return new GuardedNetwork(spec, engine.opener().apply(spec), null);
  }

  /**
   * Opens weights that several networks share. They are zero until they are written.
   *
   * @param name as {@link #named} takes it
   * @param spec of a network for inference; its batch size decides how the tensors lie in memory,
   *     but the networks opened on the weights may have other batch sizes
   * @throws IllegalArgumentException when there is no such engine, or the spec is for training
   * @throws EngineException when the engine can't work in this process or on this machine
   */
  public static SharedWeights openWeights(String name, NetworkSpec spec) {
    if (spec.execution().trains()) {
      throw new IllegalArgumentException("a network that trains has weights of its own");
    }

    Engine engine = named(name);
    engine.require(spec.execution());
    return new GuardedWeights(engine, spec.graph(), engine.weightsOpener().apply(spec));
  }
}
