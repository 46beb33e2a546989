package convoy.jobs.recipe;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.jobs.base.UserException;
import convoy.options.Keys;
import convoy.options.Kind;
import convoy.options.Settings;
import convoy.options.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads and writes recipes. Precedence: 1. {@code --set}, 2. the file, 3. the defaults of the keys
 * and, for sizes, of the architecture.
 */
public final class Recipes {
  private static final ObjectMapper PLAIN = new ObjectMapper();

  private Recipes() {}

  /**
   * Reads a recipe and adds all defaults.
   *
   * @param yaml text of the file
   * @param overrides texts {@code section.key=value}, with values as in YAML
   * @throws UserException with a line for each problem, all at once
   */
  public static Recipe read(String yaml, List<String> overrides) {
    return read(yaml, overrides, false);
  }

  /**
   * Reads the stored recipe of a run. Older versions of Convoy wrote the keys of all schedules into
   * it, so keys that don't belong to the chosen schedule are ignored.
   *
   * @param overrides texts {@code section.key=value} that replace stored values
   * @throws UserException with a line for each problem, all at once
   */
  public static Recipe readStored(String yaml, List<String> overrides) {
    return read(yaml, overrides, true);
  }

  private static Recipe read(String yaml, List<String> overrides, boolean stored) {
    List<String> problems = new ArrayList<>();
    ObjectNode root = YamlText.read(yaml, overrides, problems);
    if (!problems.isEmpty() && root.isEmpty()) {
      throw refusal(problems); // The text is not YAML, so missing keys mean nothing.
    }

    Map<String, Object> given = PLAIN.convertValue(root, new TypeReference<>() {});
    leaveOutOldChoices(given, overrides);
    Map<String, Settings> sections = sections(given, stored, problems);
    Recipe recipe = new Recipe(Completion.of(sections, problems));
    if (!problems.isEmpty()) {
      throw refusal(problems);
    }

    return recipe;
  }

  /**
   * Removes the keys of a choice that an override replaces: {@code --set schedule.name=constant}
   * also removes the keys that the file gives for its own schedule.
   */
  private static void leaveOutOldChoices(Map<String, Object> given, List<String> overrides) {
    Set<String> set =
        overrides.stream()
            .map(override -> override.substring(0, Math.max(0, override.indexOf('='))))
            .collect(Collectors.toSet());
    Sections.all()
        .forEach(
            (name, keys) -> {
              if (given.get(name) instanceof Map<?, ?> section
                  && keys.chooser().filter(key -> set.contains(name + "." + key)).isPresent()) {
                List<String> old = keys.unchosen(section);
                section
                    .keySet()
                    .removeIf(key -> old.contains(key) && !set.contains(name + "." + key));
              }
            });
  }

  /** The recipe as YAML, which {@link #read} can read. */
  public static String write(RecipeSections recipe) {
    Map<String, Map<String, Object>> written = new LinkedHashMap<>();
    Sections.all()
        .forEach((name, keys) -> written.put(name, keys.written(recipe.sections().get(name))));
    return YamlText.write(written);
  }

  private static UserException refusal(List<String> problems) {
    return problems.size() == 1
        ? UserException.usage("recipe: " + problems.get(0))
        : UserException.usage("the recipe has " + problems.size() + " problems", problems);
  }

  private static Map<String, Settings> sections(
      Map<String, Object> given, boolean stored, List<String> problems) {
    for (String name : given.keySet()) {
      if (!Sections.all().containsKey(name)) {
        List<String> known = List.copyOf(Sections.all().keySet());
        problems.add(
            name
                + ": unknown key, "
                + Suggestions.nearest(name, known)
                    .map(nearest -> "did you mean '" + nearest + "'?")
                    .orElse("known are " + String.join(", ", known)));
      }
    }

    Map<String, Settings> sections = new LinkedHashMap<>();
    Sections.all()
        .forEach(
            (name, keys) ->
                sections.put(name, section(name, keys, given.get(name), stored, problems)));
    return sections;
  }

  private static Settings section(
      String name, Keys keys, Object given, boolean stored, List<String> problems) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (given instanceof Map<?, ?> map) {
      map.forEach((key, value) -> values.put(String.valueOf(key), value));
    } else if (given != null) {
      problems.add(name + ": " + Kind.wrong(given, "is not a map of keys").getMessage());
    }

    return stored
        ? keys.parseStored(name + ".", values, problems)
        : keys.parse(name + ".", values, problems);
  }
}
