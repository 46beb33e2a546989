package convoy.jobs.recipe;

import convoy.jobs.train.schedule.Schedules;
import convoy.options.Keys;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The registry of sections in the order of the file, with one line for each. */
final class Sections {
  /** A limit above every useful number of epochs, rounds or minibatches. */
  static final int MANY = 1_000_000;

  private static final Map<String, Keys> SECTIONS = new LinkedHashMap<>();

  static {
    SECTIONS.put("model", ModelKeys.KEYS);
    SECTIONS.put("data", DataKeys.KEYS);
    SECTIONS.put("optimizer", OptimizerKeys.KEYS);
    SECTIONS.put("schedule", Schedules.KEYS);
    SECTIONS.put("training", TrainingKeys.KEYS);
    SECTIONS.put("sync", SyncKeys.KEYS);
    SECTIONS.put("checkpoint", CheckpointKeys.KEYS);
    SECTIONS.put("evaluation", EvaluationKeys.KEYS);
    SECTIONS.put("guard", GuardKeys.KEYS);
    SECTIONS.put("engine", EngineKeys.KEYS);
  }

  private Sections() {}

  static Map<String, Keys> all() {
    return Collections.unmodifiableMap(SECTIONS);
  }
}
