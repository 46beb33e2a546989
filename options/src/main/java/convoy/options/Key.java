package convoy.options;

import java.math.BigDecimal;

/**
 * One option, declared once.
 *
 * @param byDefault null if the key is required, if another key decides the default, or if null is
 *     the value
 * @param help one sentence for tables of keys
 * @param defaultText the default as shown in a table of keys
 * @param mayChange whether it may differ when an interrupted run resumes
 * @param resolved whether the first start of a run replaces {@code auto} by a fixed value
 * @param required whether a user has to give it
 */
public record Key<T>(
    String name,
    Kind<T> kind,
    T byDefault,
    String help,
    String defaultText,
    boolean mayChange,
    boolean resolved,
    boolean required) {

  /** Creates a key with a default. */
  public static <T> Key<T> of(String name, Kind<T> kind, T byDefault, String help) {
    Object written = kind.write().apply(byDefault);
    String text =
        written instanceof Double number
            ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
            : Kind.text(written);
    return new Key<>(name, kind, byDefault, help, text, false, false, false);
  }

  /** Creates a key whose default follows from something else, which {@code defaultText} names. */
  public static <T> Key<T> derived(String name, Kind<T> kind, String defaultText, String help) {
    return new Key<>(name, kind, null, help, defaultText, false, false, false);
  }

  /** Creates a required key, which has no default. */
  public static <T> Key<T> required(String name, Kind<T> kind, String help) {
    return new Key<>(name, kind, null, help, "", false, false, true);
  }

  /** Creates a key of a feature that isn't built yet. Only its default is accepted. */
  public static <T> Key<T> defaultOnly(String name, Kind<T> kind, T byDefault, String help) {
    return of(name, kind.only(byDefault), byDefault, "Not built yet. " + help);
  }

  /** Returns the same key, which may differ when a run resumes. */
  public Key<T> changeable() {
    return new Key<>(name, kind, byDefault, help, defaultText, true, resolved, required);
  }

  /** Returns the same key, whose {@code auto} becomes a fixed value at the first start of a run. */
  public Key<T> resolvedAtStart() {
    return new Key<>(name, kind, byDefault, help, defaultText, mayChange, true, required);
  }

  /** Returns a value as a user writes it, in one line. */
  public String text(T value) {
    return Kind.text(kind.write().apply(value));
  }

  /** Returns a value of this key in the form in which YAML and JSON store it. */
  Object written(Object value) {
    @SuppressWarnings("unchecked") // The kind of this key has parsed the value.
    T typed = (T) value;
    return kind.write().apply(typed);
  }
}
