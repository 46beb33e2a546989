package convoy.zoo;

import convoy.zoo.engine.EngineException;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.Precision;
import convoy.zoo.natives.EnvironmentCheck;
import convoy.zoo.nd4j.Nd4jNetwork;
import convoy.zoo.plan.PlanNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The registry of engines: one line each. */
public final class Engines {
  private static final String AUTO = "auto";
  private static final String BEST = "plan";
  private static final Map<String, Function<NetworkSpec, Network>> ENGINES = new LinkedHashMap<>();

  static {
    ENGINES.put(BEST, PlanNetwork::open);
    ENGINES.put("dl4j", Nd4jNetwork::open);
  }

  private Engines() {}

  /** Names a recipe may give as {@code engine.name}, {@code auto} first. */
  public static List<String> names() {
    return Stream.concat(Stream.of(AUTO), ENGINES.keySet().stream()).toList();
  }

  /** The engine that a name stands for, which a run keeps: another gives other last digits. */
  public static String resolved(String engine) {
    return engine.equals(AUTO) ? BEST : engine;
  }

  /** Why an engine doesn't compute in a precision on this CPU, or null. */
  public static String problem(String engine, Precision precision) {
    if (precision == Precision.FLOAT32) {
      return null;
    }

    if (!resolved(engine).equals(BEST)) {
      return "engine " + engine + " computes in float32 alone";
    }

    return PlanNetwork.computes(precision)
        ? null
        : "precision %s: this CPU has no products of it (AVX512_BF16 or AMX); take float32"
            .formatted(precision);
  }

  /**
   * Opens a network; its parameters are zero until they are initialized or written.
   *
   * @param engine {@code auto} or another name of {@link #names()}
   * @throws IllegalArgumentException when there is no such engine
   * @throws EngineException when it can't work in this process or on this machine
   */
  public static Network open(String engine, NetworkSpec spec) {
    Function<NetworkSpec, Network> opener = ENGINES.get(resolved(engine));
    if (opener == null) {
      throw new IllegalArgumentException(
          "unknown engine '" + engine + "': known are " + String.join(", ", names()));
    }

    String problem = problem(engine, spec.precision());
    if (problem != null) {
      throw new EngineException(problem);
    }

    EnvironmentCheck.beforeNetwork(spec.threads());
    return new GuardedNetwork(spec, opener.apply(spec));
  }
}
