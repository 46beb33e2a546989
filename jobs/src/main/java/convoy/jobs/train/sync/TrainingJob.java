package convoy.jobs.train.sync;

import convoy.data.dataset.Manifest;
import convoy.data.order.EpochShares;
import convoy.data.pipeline.Pipeline;
import convoy.data.pipeline.Pipelines;
import convoy.data.pipeline.Preprocessing;
import convoy.data.transform.ColourComponents;
import convoy.jobs.recipe.DataKeys;
import convoy.jobs.recipe.EffectiveRecipe;
import convoy.jobs.recipe.EngineKeys;
import convoy.jobs.recipe.ModelKeys;
import convoy.jobs.recipe.OptimizerKeys;
import convoy.jobs.recipe.TrainingKeys;
import convoy.jobs.spark.HadoopSettings;
import convoy.options.Settings;
import convoy.zoo.Zoo;
import convoy.zoo.ZooNetwork;
import convoy.zoo.engine.Execution;
import convoy.zoo.engine.OptimizerSpec;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import java.io.Serializable;

/**
 * All that a worker must know, the same in every round of a run. Travels to the executors.
 *
 * @param id of this attempt: networks kept in an executor belong to one id
 * @param dataset folder of the manifest, a path with scheme
 * @param normalization of the dataset's pixels, or of the model that the run starts from
 */
public record TrainingJob(
    String id,
    EffectiveRecipe recipe,
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
    return recipe.options(manifest.classes().size());
  }

  /** The optimizer as plain values. */
  public OptimizerSpec optimizer() {
    return OptimizerKeys.spec(recipe.optimizer());
  }

  /** What every worker opens its network with. */
  public ZooNetwork network() {
    Settings training = recipe.training();
    return new ZooNetwork(
        recipe.model().get(ModelKeys.NAME),
        options(),
        recipe.model().get(ModelKeys.FREEZE),
        recipe.engine().get(EngineKeys.NAME),
        new Execution(
            optimizer(),
            training.get(TrainingKeys.BATCH_SIZE_PER_WORKER),
            training.get(TrainingKeys.CORES_PER_WORKER),
            training.get(TrainingKeys.MICRO_BATCH),
            EngineKeys.precision(recipe.engine())));
  }

  /** The graph of the network. */
  public Graph graph() {
    return Zoo.architecture(recipe.model().get(ModelKeys.NAME)).graph(options());
  }

  /** What the network expects of a picture: travels in model.json. */
  public Preprocessing preprocessing() {
    return normalization.preprocessing(recipe);
  }

  /** From picture to network input with the recipe's augmentations. */
  public Pipeline trainingPipeline() {
    return Pipelines.training(
        recipe.data().get(DataKeys.TRAIN),
        preprocessing(),
        new ColourComponents(
            manifest.statistics().pcaValues(), manifest.statistics().pcaVectors()));
  }

  /** How each epoch is divided among the workers. */
  public EpochShares shares() {
    Settings training = recipe.training();
    return new EpochShares(
        examples(),
        training.get(TrainingKeys.WORKERS),
        training.get(TrainingKeys.BATCH_SIZE_PER_WORKER));
  }
}
