package convoy.jobs.recipe;

import convoy.options.Key;
import convoy.options.Settings;
import convoy.zoo.graph.Architecture;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The recipe of a run, made at its first start. Nothing in it is {@code auto}. The run stores it in
 * recipe.yaml, as cores, parts of minibatches and the engine decide the order of sums.
 */
public record EffectiveRecipe(Map<String, Settings> sections) implements RecipeSections {
  public EffectiveRecipe {
    sections = Collections.unmodifiableMap(new LinkedHashMap<>(sections));
    for (Map.Entry<String, Settings> section : sections.entrySet()) {
      Map<String, Object> written =
          Sections.all().get(section.getKey()).written(section.getValue());
      for (Key<?> key : Sections.all().get(section.getKey()).of(section.getValue())) {
        if (key.resolved() && "auto".equals(written.get(key.name()))) {
          throw new IllegalArgumentException(
              section.getKey() + "." + key.name() + " of a run is auto; give it a value");
        }
      }
    }
  }

  /** The architecture's options for {@code classes} classes. */
  public Architecture.Options options(int classes) {
    return ModelKeys.options(model(), classes, model().get(ModelKeys.INPUT_CHANNELS));
  }
}
