package convoy.jobs.train;

import convoy.jobs.train.sync.Averaging;
import convoy.jobs.train.sync.SlowMo;
import convoy.jobs.train.sync.SyncRule;
import convoy.jobs.train.sync.SyncStrategy;
import convoy.jobs.train.sync.Synchronous;
import convoy.options.Keys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * The registry of strategies, with one line for each rule. Strategies of other modules, which bring
 * an exchange of their own, are found by {@code META-INF/services}.
 */
public final class SyncStrategies {
  private static final List<SyncRule> RULES =
      List.of(new Averaging(), new Synchronous(), new SlowMo(0, 1, false));

  private SyncStrategies() {}

  /** The names that {@code sync.strategy} may have in this process, the default first. */
  public static List<String> names() {
    return List.copyOf(keys(modules()).keySet());
  }

  /** The keys of each strategy by its name, in the same order. */
  static Map<String, Keys> keys(ClassLoader modules) {
    Map<String, Keys> keys = new LinkedHashMap<>();
    found(modules).forEach(strategy -> keys.put(strategy.name(), strategy.keys()));
    return keys;
  }

  /**
   * Finds a strategy by its name.
   *
   * @throws IllegalArgumentException if no module on the class path has it; lists the known names
   */
  public static SyncStrategy strategy(String name) {
    return found(modules()).stream()
        .filter(strategy -> strategy.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    ("unknown sync.strategy '%s'; known: %s;"
                            + " a strategy of another module needs its jar on the class path")
                        .formatted(name, String.join(", ", names()))));
  }

  /** The class loader that knows the jars given to spark-submit. */
  static ClassLoader modules() {
    return Thread.currentThread().getContextClassLoader();
  }

  private static List<SyncStrategy> found(ClassLoader modules) {
    List<SyncStrategy> strategies = new ArrayList<>();
    RULES.forEach(rule -> strategies.add(SyncStrategy.of(rule)));
    ServiceLoader.load(SyncStrategy.class, modules).forEach(strategies::add);
    return strategies;
  }
}
