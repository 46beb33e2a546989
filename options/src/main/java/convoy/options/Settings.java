package convoy.options;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values of {@link Keys}, defaults included. Immutable; equal when all values are. */
public final class Settings implements Serializable {
  private static final long serialVersionUID = 1;

  private final LinkedHashMap<String, Object> values;

  Settings(Map<String, Object> values) {
    this.values = new LinkedHashMap<>(values);
  }

  /**
   * The value of a key.
   *
   * @throws IllegalArgumentException if these are the settings of something without that key
   */
  @SuppressWarnings("unchecked") // The key's kind made the value.
  public <T> T get(Key<T> key) {
    requireKey(key);
    return (T) values.get(key.name());
  }

  /** Whether there is such a key. */
  public boolean has(Key<?> key) {
    return values.containsKey(key.name());
  }

  /** The same settings with another value for one key. */
  public <T> Settings with(Key<T> key, T value) {
    requireKey(key);
    LinkedHashMap<String, Object> changed = new LinkedHashMap<>(values);
    changed.put(key.name(), value);
    return new Settings(changed);
  }

  /** Typed values by the names of their keys, in the order of declaration. */
  public Map<String, Object> values() {
    return Collections.unmodifiableMap(values);
  }

  private void requireKey(Key<?> key) {
    if (!has(key)) {
      throw new IllegalArgumentException(
          "no setting " + key.name() + "; there are " + String.join(", ", values.keySet()));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings settings && values.equals(settings.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
