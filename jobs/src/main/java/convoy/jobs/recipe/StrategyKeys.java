package convoy.jobs.recipe;

import convoy.options.Keys;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * The keys of the strategies. Strategies depend on recipes, so recipes find these keys by
 * ServiceLoader.
 */
public interface StrategyKeys {
  /** The keys of each strategy by its name, in the order of the registry. */
  Map<String, Keys> byName();

  /** The value of {@code sync.interval} with a strategy in a recipe that gives none. */
  int interval(String strategy);

  /** Finds the keys in the registry of strategies. */
  static StrategyKeys found() {
    return ServiceLoader.load(StrategyKeys.class, StrategyKeys.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "META-INF/services names no " + StrategyKeys.class.getName()));
  }
}
