package convoy.jobs.recipe;

import convoy.zoo.graph.Architecture;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * A whole recipe, every default filled in. The names are those of the YAML file. Travels to
 * workers.
 */
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
    Engine engine)
    implements Serializable {

  /**
   * The architecture and its options.
   *
   * @param inputSize pixels a side
   * @param inputChannels auto, 1 or 3
   * @param dropout null for the paper's rate
   * @param form paper or small
   * @param freeze none, features or a layer's name
   */
  public record Model(
      String name,
      int inputSize,
      String inputChannels,
      Double dropout,
      String initializer,
      String form,
      boolean batchNorm,
      String freeze)
      implements Serializable {

    /** The architecture's options for so many classes and channels. */
    public Architecture.Options options(int classes, int channels) {
      return new Architecture.Options(
          classes,
          inputSize,
          channels,
          dropout == null ? -1 : dropout,
          initializer,
          form,
          batchNorm);
    }
  }

  /** Transforms as the recipe gives them: one-entry maps of name and argument, in order. */
  public record Data(
      List<Map<String, Object>> train, List<Map<String, Object>> evaluation, String normalize)
      implements Serializable {}

  public record Optimizer(
      String name,
      double momentum,
      double weightDecay,
      double biasLearningRateFactor,
      double biasWeightDecayFactor)
      implements Serializable {}

  /** constant, step (factor, everyEpochs) or poly (power). */
  public record Schedule(
      String name, double learningRate, double factor, double everyEpochs, double power)
      implements Serializable {}

  /** coresPerWorker and microBatch: auto or a number. */
  public record Training(
      int epochs,
      int workers,
      String coresPerWorker,
      int batchSizePerWorker,
      String microBatch,
      long seed)
      implements Serializable {}

  public record Sync(String strategy, int interval, String momentum, String wire)
      implements Serializable {}

  public record Checkpoint(int everyRounds, int keep) implements Serializable {}

  public record Evaluation(int everyEpochs, String split) implements Serializable {}

  public record Guard(int flatEpochs, double lossFactor, int maxRollbacks)
      implements Serializable {}

  public record Engine(String name, String precision) implements Serializable {}
}
