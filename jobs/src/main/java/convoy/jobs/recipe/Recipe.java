package convoy.jobs.recipe;

import java.util.List;
import java.util.Map;

/** A whole recipe, every default filled in. The names are those of the YAML file. */
public record Recipe(
    Model model,
    Data data,
    Optimizer optimizer,
    Schedule schedule,
    Training training,
    Sync sync,
    Checkpoint checkpoint,
    Evaluation evaluation,
    Guard guard,
    Engine engine) {

  /**
   * The architecture and its options.
   *
   * @param inputSize pixels a side
   * @param inputChannels auto, 1 or 3
   * @param dropout null for the paper's rate
   */
  public record Model(
      String name,
      int inputSize,
      String inputChannels,
      Double dropout,
      String initializer,
      String freeze) {}

  /** Transforms as the recipe gives them: one-entry maps of name and argument, in order. */
  public record Data(
      List<Map<String, Object>> train, List<Map<String, Object>> evaluation, String normalize) {}

  public record Optimizer(
      String name,
      double momentum,
      double weightDecay,
      double biasLearningRateFactor,
      double biasWeightDecayFactor) {}

  /** constant, step (factor, everyEpochs) or poly (power). */
  public record Schedule(
      String name, double learningRate, double factor, double everyEpochs, double power) {}

  /** coresPerWorker and microBatch: auto or a number. */
  public record Training(
      int epochs,
      int workers,
      String coresPerWorker,
      int batchSizePerWorker,
      String microBatch,
      long seed) {}

  public record Sync(String strategy, int interval, String momentum, String wire) {}

  public record Checkpoint(int everyRounds, int keep) {}

  public record Evaluation(int everyEpochs, String split) {}

  public record Guard(int flatEpochs, double lossFactor, int maxRollbacks) {}

  public record Engine(String name, String precision) {}
}
