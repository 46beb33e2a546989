package convoy.zoo.engine;

import convoy.options.Key;
import convoy.options.Settings;
import java.io.Serializable;

/**
 * An update rule with its values.
 *
 * @param name as in {@code optimizer.name}
 * @param settings of the keys that the rule declares
 */
public record OptimizerSpec(String name, Settings settings) implements Serializable {
  public <T> T get(Key<T> key) {
    return settings.get(key);
  }
}
