package convoy.jobs.train;

import convoy.jobs.train.sync.Averaging;
import convoy.jobs.train.sync.SyncStrategy;
import convoy.jobs.train.sync.dl4j.Dl4jAveraging;
import convoy.options.Keys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The registry: one line a strategy. */
public final class SyncStrategies {
  private static final List<SyncStrategy> STRATEGIES =
      List.of(SyncStrategy.of(new Averaging()), new Dl4jAveraging());

  private SyncStrategies() {}

  /** Names a recipe may give as {@code sync.strategy}, the default first. */
  public static List<String> names() {
    return STRATEGIES.stream().map(SyncStrategy::name).toList();
  }

  /** The keys of each strategy by its name, in the same order. */
  static Map<String, Keys> keys() {
    Map<String, Keys> keys = new LinkedHashMap<>();
    STRATEGIES.forEach(strategy -> keys.put(strategy.name(), strategy.keys()));
    return keys;
  }

  /**
   * By name.
   *
   * @throws IllegalArgumentException when unknown, with the known names
   */
  public static SyncStrategy strategy(String name) {
    return STRATEGIES.stream()
        .filter(strategy -> strategy.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown sync.strategy '" + name + "'; known: " + String.join(", ", names())));
  }
}
