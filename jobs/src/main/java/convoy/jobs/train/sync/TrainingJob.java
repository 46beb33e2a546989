package convoy.jobs.train.sync;

import convoy.data.dataset.Manifest;
import convoy.data.order.EpochShares;
import convoy.data.pipeline.Pipeline;
import convoy.data.pipeline.Pipelines;
import convoy.data.pipeline.Preprocessing;
import convoy.data.transform.ColourComponents;
import convoy.jobs.recipe.Recipe;
import convoy.jobs.spark.HadoopSettings;
import convoy.zoo.Zoo;
import convoy.zoo.ZooNetwork;
import convoy.zoo.engine.Execution;
import convoy.zoo.engine.OptimizerSpec;
import convoy.zoo.engine.Precision;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import convoy.zoo.optimizer.Sgd;
import java.io.Serializable;

/**
 * All that a worker must know, the same in every round of a run. Travels to the executors.
 *
 * @param id of this attempt: networks kept in an executor belong to one id
 * @param recipe the effective one: inputChannels, coresPerWorker and microBatch are numbers
 * @param dataset folder of the manifest, a path with scheme
 * @param normalization of the dataset's pixels, or of the model that the run starts from
 */
public record TrainingJob(
    String id,
    Recipe recipe,
    String dataset,
    Manifest manifest,
    Normalization normalization,
    HadoopSettings hadoop)
    implements Serializable {

  /** Examples of the training split. */
  public long examples() {
    return manifest.splits().get("train").examples();
  }

  /** The network's options: classes from the dataset, the rest from the recipe. */
  public Architecture.Options options() {
    Recipe.Model model = recipe.model();
    return model.options(manifest.classes().size(), Integer.parseInt(model.inputChannels()));
  }

  /** The optimizer as plain values. */
  public OptimizerSpec optimizer() {
    Recipe.Optimizer optimizer = recipe.optimizer();
    return Sgd.spec(
        optimizer.momentum(),
        optimizer.weightDecay(),
        optimizer.biasLearningRateFactor(),
        optimizer.biasWeightDecayFactor());
  }

  /** What every worker opens its network with. */
  public ZooNetwork network() {
    Recipe.Training training = recipe.training();
    return new ZooNetwork(
        recipe.model().name(),
        options(),
        recipe.model().freeze(),
        recipe.engine().name(),
        new Execution(
            optimizer(),
            training.batchSizePerWorker(),
            Integer.parseInt(training.coresPerWorker()),
            Integer.parseInt(training.microBatch()),
            Precision.of(recipe.engine().precision())));
  }

  /** The graph of the network. */
  public Graph graph() {
    return Zoo.architecture(recipe.model().name()).graph(options());
  }

  /** What the network expects of a picture: travels in model.json. */
  public Preprocessing preprocessing() {
    return normalization.preprocessing(recipe);
  }

  /** From picture to network input with the recipe's augmentations. */
  public Pipeline trainingPipeline() {
    return Pipelines.training(
        recipe.data().train(),
        preprocessing(),
        new ColourComponents(
            manifest.statistics().pcaValues(), manifest.statistics().pcaVectors()));
  }

  /** How each epoch is divided among the workers. */
  public EpochShares shares() {
    Recipe.Training training = recipe.training();
    return new EpochShares(examples(), training.workers(), training.batchSizePerWorker());
  }
}
