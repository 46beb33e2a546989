package convoy.jobs.train.schedule;

import convoy.jobs.recipe.Recipe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The registry of schedules: one line each. */
public final class Schedules {
  private static final Map<String, Function<Recipe, Schedule>> SCHEDULES = new LinkedHashMap<>();

  static {
    SCHEDULES.put("constant", recipe -> new Constant(recipe.schedule().learningRate()));
    SCHEDULES.put(
        "step",
        recipe ->
            new Step(
                recipe.schedule().learningRate(),
                recipe.schedule().factor(),
                recipe.schedule().everyEpochs()));
    SCHEDULES.put(
        "poly",
        recipe ->
            new Poly(
                recipe.schedule().learningRate(),
                recipe.schedule().power(),
                recipe.training().epochs()));
  }

  private Schedules() {}

  /** Names a recipe may give as {@code schedule.name}. */
  public static List<String> names() {
    return List.copyOf(SCHEDULES.keySet());
  }

  /** The schedule of a recipe. */
  public static Schedule of(Recipe recipe) {
    Function<Recipe, Schedule> schedule = SCHEDULES.get(recipe.schedule().name());
    if (schedule == null) {
      throw new IllegalArgumentException(
          "unknown schedule '"
              + recipe.schedule().name()
              + "': known are "
              + String.join(", ", names()));
    }

    return schedule.apply(recipe);
  }
}
