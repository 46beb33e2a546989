package convoy.jobs.recipe;

import convoy.options.Key;
import convoy.options.Kind;
import convoy.options.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A recipe as a user gives it. The first start of a run decides each {@code auto}. */
public record Recipe(Map<String, Settings> sections) implements RecipeSections {
  public Recipe {
    sections = Collections.unmodifiableMap(new LinkedHashMap<>(sections));
  }

  /** The recipe of a run, which has a value for each {@code auto}. */
  public EffectiveRecipe effective(
      int inputChannels, int coresPerWorker, int microBatch, String engine) {
    Map<String, Settings> resolved = new LinkedHashMap<>(sections);
    resolved.put("model", model().with(ModelKeys.INPUT_CHANNELS, inputChannels));
    resolved.put(
        "training",
        training()
            .with(TrainingKeys.CORES_PER_WORKER, coresPerWorker)
            .with(TrainingKeys.MICRO_BATCH, microBatch));
    resolved.put("engine", engine().with(EngineKeys.NAME, engine));
    return new EffectiveRecipe(resolved);
  }

  /**
   * Lists the keys that differ from the recipe that a run began with, although they may not, one
   * line for each.
   */
  public List<String> forbiddenChanges(Recipe before) {
    List<String> changes = new ArrayList<>();
    Sections.all()
        .forEach(
            (section, keys) -> {
              Map<String, Object> now = keys.written(sections.get(section));
              Map<String, Object> then = keys.written(before.sections.get(section));
              for (Key<?> key : keys.of(sections.get(section))) {
                Object old = then.get(key.name());
                Object given = now.get(key.name());
                boolean resolved = key.resolved() && "auto".equals(given);
                // A key in only one of them belongs to a choice that is another key.
                if (then.containsKey(key.name())
                    && !given.equals(old)
                    && !key.mayChange()
                    && !resolved) {
                  changes.add(
                      "%s.%s: %s before, %s now"
                          .formatted(section, key.name(), Kind.json(old), Kind.json(given)));
                }
              }
            });
    return changes;
  }

  /** The keys that may differ when a run resumes, sorted. */
  public static List<String> changeable() {
    List<String> names = new ArrayList<>();
    Sections.all()
        .forEach(
            (section, keys) ->
                keys.every().stream()
                    .filter(Key::mayChange)
                    .forEach(key -> names.add(section + "." + key.name())));
    return names.stream().distinct().sorted().toList();
  }
}
