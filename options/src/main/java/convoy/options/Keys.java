package convoy.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of one thing, in order: of a section of a recipe, a strategy, a schedule, an optimizer
 * or a transform. One of them may choose between things that have their own keys, such as {@code
 * schedule.name}.
 */
public final class Keys {
  private final List<Key<?>> keys;
  private final Key<String> choosing;
  private final Map<String, Keys> choices;

  private Keys(List<Key<?>> keys, Key<String> choosing, Map<String, Keys> choices) {
    this.keys = keys;
    this.choosing = choosing;
    this.choices = choices;
  }

  public static Keys of(Key<?>... keys) {
    return new Keys(List.of(keys), null, new LinkedHashMap<>());
  }

  /** Returns these keys, followed by the keys of each thing that {@code key} may choose. */
  public Keys choosing(Key<String> key, Map<String, Keys> choices) {
    return new Keys(keys, key, new LinkedHashMap<>(choices));
  }

  /** Returns the keys that exist whatever is chosen. */
  public List<Key<?>> common() {
    return keys;
  }

  /** Returns the common keys and those of all choices. */
  public List<Key<?>> every() {
    List<Key<?>> all = new ArrayList<>(keys);
    choices.values().forEach(choice -> all.addAll(choice.keys));
    return all;
  }

  /** Returns the keys of each choice, by its name. */
  public Map<String, Keys> choices() {
    return new LinkedHashMap<>(choices);
  }

  /** Returns the defaults of all keys. */
  public Settings defaults() {
    return settings(Map.of());
  }

  /**
   * Parses plain values.
   *
   * @throws IllegalArgumentException with all problems
   */
  public Settings settings(Map<String, ?> given) {
    List<String> problems = new ArrayList<>();
    Settings settings = parse("", given, problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }

    return settings;
  }

  /**
   * Parses plain values. A wrong value is replaced by its default.
   *
   * @param prefix comes before each key in a problem, such as {@code training.}
   * @param problems receives a line for each problem
   */
  public Settings parse(String prefix, Map<String, ?> given, List<String> problems) {
    return parse(prefix, given, false, problems);
  }

  /**
   * Parses plain values as {@link #parse} does, but ignores keys of things that aren't chosen:
   * older versions of Convoy stored the keys of all choices.
   */
  public Settings parseStored(String prefix, Map<String, ?> given, List<String> problems) {
    return parse(prefix, given, true, problems);
  }

  private Settings parse(
      String prefix, Map<String, ?> given, boolean foreignToo, List<String> problems) {
    Map<String, Object> values = new LinkedHashMap<>();
    keys.forEach(key -> read(key, prefix, given, values, problems));
    List<Key<?>> own = chosen(choosing == null ? null : (String) values.get(choosing.name()));
    own.forEach(key -> read(key, prefix, given, values, problems));
    // A wrong choice is already a problem, and it is unknown which keys belong to it.
    boolean wrongChoice =
        choosing != null
            && problems.stream().anyMatch(line -> line.startsWith(prefix + choosing.name() + ":"));
    for (String name : given.keySet()) {
      List<String> owners = owners(name);
      if (!values.containsKey(name) && owners.isEmpty()) {
        problems.add(prefix + name + ": unknown key, " + remedy(name, values.keySet()));
      } else if (!values.containsKey(name) && !foreignToo && !wrongChoice) {
        problems.add(
            prefix + name + " belongs to " + String.join(" and ", owners) + "; leave it out");
      }
    }

    return new Settings(values);
  }

  /**
   * Returns the settings in the form in which YAML and JSON store them, in the order of the keys.
   */
  public Map<String, Object> written(Settings settings) {
    Map<String, Object> written = new LinkedHashMap<>();
    of(settings)
        .forEach(key -> written.put(key.name(), key.written(settings.values().get(key.name()))));
    return written;
  }

  /** Returns the common keys and those of what the settings choose. */
  public List<Key<?>> of(Settings settings) {
    List<Key<?>> all = new ArrayList<>(keys);
    all.addAll(chosen(choosing == null ? null : settings.get(choosing)));
    return all;
  }

  /** The name of the key that chooses, if one does. */
  public Optional<String> chooser() {
    return Optional.ofNullable(choosing).map(Key::name);
  }

  /** Names in {@code given} of keys that belong only to what {@code given} doesn't choose. */
  public List<String> unchosen(Map<?, ?> given) {
    Object choice = given.get(choosing.name());
    List<String> names = new ArrayList<>();
    for (Object name : given.keySet()) {
      List<String> owners = owners(String.valueOf(name));
      if (!owners.isEmpty() && !owners.contains(String.valueOf(choice))) {
        names.add(String.valueOf(name));
      }
    }

    return names;
  }

  private List<Key<?>> chosen(String choice) {
    return Optional.ofNullable(choices.get(choice)).map(Keys::common).orElse(List.of());
  }

  private List<String> owners(String name) {
    return choices.entrySet().stream()
        .filter(choice -> choice.getValue().keys.stream().anyMatch(key -> key.name().equals(name)))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String remedy(String name, Set<String> known) {
    return Suggestions.nearest(name, known)
        .map(nearest -> "did you mean '" + nearest + "'?")
        .orElse("known are " + String.join(", ", known));
  }

  private static void read(
      Key<?> key,
      String prefix,
      Map<String, ?> given,
      Map<String, Object> values,
      List<String> problems) {
    String name = key.name();
    values.put(name, key.byDefault());
    if (!given.containsKey(name)) {
      if (key.required()) {
        String needed = key.kind().words().isEmpty() ? "needed is " : "known are ";
        problems.add(prefix + name + ": missing, " + needed + key.kind().takes());
      }

      return;
    }

    try {
      values.put(name, key.kind().parse().apply(given.get(name)));
    } catch (IllegalArgumentException wrong) {
      problems.add(prefix + name + ": " + wrong.getMessage());
    }
  }
}
