package convoy.zoo.optimizer;

import convoy.zoo.engine.OptimizerSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The registry of update rules: one line each. */
public final class Optimizers {
  private static final Map<String, BiFunction<OptimizerSpec, Integer, Optimizer>> RULES =
      new LinkedHashMap<>();

  static {
    RULES.put("sgd", Sgd::new);
  }

  private Optimizers() {}

  /** Names a recipe may give as {@code optimizer.name}. */
  public static List<String> names() {
    return List.copyOf(RULES.keySet());
  }

  /**
   * The rule with its values.
   *
   * @param threads that share an update
   * @throws IllegalArgumentException when there is no rule of that name
   */
  public static Optimizer of(OptimizerSpec spec, int threads) {
    BiFunction<OptimizerSpec, Integer, Optimizer> rule = RULES.get(spec.name());
    if (rule == null) {
      throw new IllegalArgumentException(
          "unknown optimizer '" + spec.name() + "': known are " + String.join(", ", names()));
    }

    return rule.apply(spec, threads);
  }
}
