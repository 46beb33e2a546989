package convoy.options;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values of {@link Keys}, including defaults. Immutable; equal if all values are equal. */
public final class Settings implements Serializable {
  private static final long serialVersionUID = 1;

  private final LinkedHashMap<String, Object> values;

  Settings(Map<String, Object> values) {
    this.values = new LinkedHashMap<>(values);
  }

  /**
   * Returns the value of a key.
   *
   * @throws IllegalArgumentException if these settings don't have that key
   */
  @SuppressWarnings("unchecked") // The key's kind has parsed the value.
  public <T> T get(Key<T> key) {
    requireKey(key);
    return (T) values.get(key.name());
  }

  /** Returns whether these settings have the key. */
  public boolean has(Key<?> key) {
    return values.containsKey(key.name());
  }

  /** Returns the same settings with a different value for one key. */
  public <T> Settings with(Key<T> key, T value) {
    requireKey(key);
    LinkedHashMap<String, Object> changed = new LinkedHashMap<>(values);
    changed.put(key.name(), value);
    return new Settings(changed);
  }

  /** Returns the typed values by the names of their keys, in the order of declaration. */
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
