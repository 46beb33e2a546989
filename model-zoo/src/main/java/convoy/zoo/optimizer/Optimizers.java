package convoy.zoo.optimizer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The registry of update rules: one line each. */
public final class Optimizers {
  private static final Map<String, Function<OptimizerSpec, Optimizer>> RULES =
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
   * @throws IllegalArgumentException when there is no rule of that name
   */
  public static Optimizer of(OptimizerSpec spec) {
    Function<OptimizerSpec, Optimizer> rule = RULES.get(spec.name());
    if (rule == null) {
      throw new IllegalArgumentException(
          "unknown optimizer '" + spec.name() + "': known are " + String.join(", ", names()));
    }

    return rule.apply(spec);
  }
}
