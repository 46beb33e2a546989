package convoy.jobs.recipe;

import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import java.util.List;
import java.util.Map;

/** The section {@code sync}. Each strategy declares its own keys. */
public final class SyncKeys {
  private static final Map<String, Keys> STRATEGIES = StrategyKeys.found().byName();

  public static final Key<String> STRATEGY =
      Key.of(
          "strategy",
          Kinds.word(List.copyOf(STRATEGIES.keySet())),
          "averaging",
          "How the workers are kept together.");
  public static final Key<Integer> INTERVAL =
      Key.of(
          "interval",
          Kinds.whole(1, Sections.MANY),
          10,
          "Minibatches that each worker trains in a round: the averaging interval, tau.");
  static final Key<String> MOMENTUM =
      Key.defaultOnly(
          "momentum", Kinds.text(), "average", "What becomes of the optimizer state in a round.");
  static final Key<String> WIRE =
      Key.defaultOnly("wire", Kinds.text(), "fp32", "The numbers in which vectors travel.");
  static final Keys KEYS =
      Keys.of(STRATEGY, INTERVAL, MOMENTUM, WIRE).choosing(STRATEGY, STRATEGIES);

  private SyncKeys() {}
}
