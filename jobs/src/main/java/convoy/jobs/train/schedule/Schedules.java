package convoy.jobs.train.schedule;

import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import convoy.options.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The registry of schedules, with one line for each. Each schedule declares its own keys. */
public final class Schedules {
  private static final Map<String, Entry> SCHEDULES = new LinkedHashMap<>();

  static {
    SCHEDULES.put("constant", new Entry(Constant.KEYS, Constant::of));
    SCHEDULES.put("step", new Entry(StepSchedule.KEYS, StepSchedule::of));
    SCHEDULES.put("poly", new Entry(Poly.KEYS, Poly::of));
    SCHEDULES.put("cosine", new Entry(Cosine.KEYS, Cosine::of));
  }

  private record Entry(Keys keys, BiFunction<Settings, Integer, Schedule> make) {}

  public static final Key<String> NAME =
      Key.of(
              "name",
              Kinds.word(List.copyOf(SCHEDULES.keySet())),
              "step",
              "How the learning rate changes over the run.")
          .changeable();
  public static final Key<Double> LEARNING_RATE =
      Key.of("learningRate", Kinds.positive(1000), 0.01, "The highest rate of the run.")
          .changeable();

  /** The section {@code schedule} of a recipe. */
  public static final Keys KEYS = Keys.of(NAME, LEARNING_RATE).choosing(NAME, keys());

  private Schedules() {}

  private static Map<String, Keys> keys() {
    Map<String, Keys> keys = new LinkedHashMap<>();
    SCHEDULES.forEach((name, entry) -> keys.put(name, entry.keys));
    return keys;
  }

  /** The names that {@code schedule.name} may have in a recipe. */
  public static List<String> names() {
    return List.copyOf(SCHEDULES.keySet());
  }

  /**
   * The schedule of a run.
   *
   * @param settings values of {@link #KEYS}
   * @param epochs number of epochs of the whole run
   */
  public static Schedule of(Settings settings, int epochs) {
    return SCHEDULES.get(settings.get(NAME)).make.apply(settings, epochs);
  }
}
