package convoy.jobs.train;

import convoy.jobs.train.sync.Averaging;
import convoy.jobs.train.sync.SyncStrategy;
import convoy.jobs.train.sync.dl4j.Dl4jAveraging;
import java.util.List;

/** The registry: one line a strategy. */
public final class SyncStrategies {
  private static final List<SyncStrategy> STRATEGIES =
      List.of(SyncStrategy.of(new Averaging()), new Dl4jAveraging());

  private SyncStrategies() {}

  /** Names a recipe may give as {@code sync.strategy}, the default first. */
  public static List<String> names() {
    return STRATEGIES.stream().map(SyncStrategy::name).toList();
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
