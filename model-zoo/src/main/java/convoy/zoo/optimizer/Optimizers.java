package convoy.zoo.optimizer;

import convoy.options.Keys;
import convoy.zoo.engine.OptimizerSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The registry of update rules, with one line for each. */
public final class Optimizers {
  private static final Map<String, Rule> RULES = new LinkedHashMap<>();

  static {
    RULES.put("sgd", new Rule(Sgd.KEYS, Sgd::new));
    RULES.put("nesterov", new Rule(Nesterov.KEYS, Nesterov::new));
    RULES.put("adam", new Rule(Adam.KEYS, Adam::new));
  }

  private record Rule(Keys keys, BiFunction<OptimizerSpec, Integer, Optimizer> open) {}

  private Optimizers() {}

  /** Returns the names that a recipe may give as {@code optimizer.name}. */
  public static List<String> names() {
    return List.copyOf(RULES.keySet());
  }

  /** Maps each rule's name to its keys, in the order of the registry. */
  public static Map<String, Keys> keys() {
    Map<String, Keys> keys = new LinkedHashMap<>();
    RULES.forEach((name, rule) -> keys.put(name, rule.keys));
    return keys;
  }

  /**
   * Returns a rule with plain values for some of its keys. The other keys have their defaults.
   *
   * @throws IllegalArgumentException when there is no such rule or key, or a value is out of range
   */
  public static OptimizerSpec spec(String name, Map<String, ?> values) {
    return new OptimizerSpec(name, rule(name).keys.settings(values));
  }

  /**
   * Creates the rule with its values.
   *
   * @param threads that share an update
   * @throws IllegalArgumentException when there is no rule of that name
   */
  public static Optimizer of(OptimizerSpec spec, int threads) {
    return rule(spec.name()).open.apply(spec, threads);
  }

  private static Rule rule(String name) {
    Rule rule = RULES.get(name);
    if (rule == null) {
      throw new IllegalArgumentException(
          "unknown optimizer '" + name + "': known are " + String.join(", ", names()));
    }

    return rule;
  }
}
