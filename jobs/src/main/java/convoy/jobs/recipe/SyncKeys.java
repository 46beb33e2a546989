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

  /** The value of {@link #WIRE} by which workers send rounded numbers. */
  public static final String BF16 = "bf16";

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
  public static final Key<String> WIRE =
      Key.of(
          "wire",
          Kinds.word(List.of("fp32", BF16)),
          "fp32",
          "The numbers in which workers send their part of the mean.");
  static final Keys KEYS =
      Keys.of(STRATEGY, INTERVAL, MOMENTUM, WIRE).choosing(STRATEGY, STRATEGIES);

  private SyncKeys() {}

  /** The interval of a recipe that gives none. */
  static SyncInterval interval(String strategy) {
    return new SyncInterval.Fixed(FOUND.interval(strategy));
  }
}
