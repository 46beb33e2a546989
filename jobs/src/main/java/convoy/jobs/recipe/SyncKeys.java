package convoy.jobs.recipe;

import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import java.util.List;
import java.util.Map;

/** The section {@code sync}. Each strategy declares its own keys. */
public final class SyncKeys {
  private static final StrategyKeys FOUND = StrategyKeys.found();
  private static final Map<String, Keys> STRATEGIES = FOUND.byName();

  /** The value of {@link #MOMENTUM} by which each round begins with zeros. */
  public static final String RESET = "reset";

  public static final Key<String> STRATEGY =
      Key.of(
          "strategy",
          Kinds.word(List.copyOf(STRATEGIES.keySet())),
          "averaging",
          "How the workers are kept together.");
  public static final Key<SyncInterval> INTERVAL =
      Key.derived(
          "interval",
          SyncInterval.kind(),
          "10, or 1 with `synchronous`",
          "Minibatches that each worker trains in a round: the averaging interval, tau.");
  public static final Key<String> MOMENTUM =
      Key.of(
          "momentum",
          Kinds.word(List.of("average", RESET)),
          "average",
          "Whether each round begins with the mean of the workers' optimizer states, or with zeros.");
  static final Key<String> WIRE =
      Key.defaultOnly("wire", Kinds.text(), "fp32", "The numbers in which vectors travel.");
  static final Keys KEYS =
      Keys.of(STRATEGY, INTERVAL, MOMENTUM, WIRE).choosing(STRATEGY, STRATEGIES);

  private SyncKeys() {}

  /** The interval of a recipe that gives none. */
  static SyncInterval interval(String strategy) {
    return new SyncInterval.Fixed(FOUND.interval(strategy));
  }
}
