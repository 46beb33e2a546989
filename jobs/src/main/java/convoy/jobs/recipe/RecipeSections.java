package convoy.jobs.recipe;

import convoy.options.Settings;
import java.io.Serializable;
import java.util.Map;

/** The sections of a recipe with all defaults. It is sent to the workers. */
public sealed interface RecipeSections extends Serializable permits Recipe, EffectiveRecipe {
  /** The settings of each section by its name, in the order of the file. */
  Map<String, Settings> sections();

  /** The keys are in {@link ModelKeys}. */
  default Settings model() {
    return sections().get("model");
  }

  /** The keys are in {@link DataKeys}. */
  default Settings data() {
    return sections().get("data");
  }

  /** The keys are in {@link OptimizerKeys} and in the chosen rule. */
  default Settings optimizer() {
    return sections().get("optimizer");
  }

  /** The keys are in {@link convoy.jobs.train.schedule.Schedules} and in the chosen schedule. */
  default Settings schedule() {
    return sections().get("schedule");
  }

  /** The keys are in {@link TrainingKeys}. */
  default Settings training() {
    return sections().get("training");
  }

  /** The keys are in {@link SyncKeys} and in the chosen strategy. */
  default Settings sync() {
    return sections().get("sync");
  }

  /** The keys are in {@link CheckpointKeys}. */
  default Settings checkpoint() {
    return sections().get("checkpoint");
  }

  /** The keys are in {@link EvaluationKeys}. */
  default Settings evaluation() {
    return sections().get("evaluation");
  }

  /** The keys are in {@link EngineKeys}. */
  default Settings engine() {
    return sections().get("engine");
  }
}
