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
import convoy.jobs.recipe.SyncKeys;
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
 * Everything that a worker must know and that is the same in every round of a run. It is sent to
 * the executors.
 *
 * @param id id of this attempt; a network that an executor keeps belongs to one id
 * @param dataset folder of the manifest, a path with scheme
 * @param normalization normalization of the dataset's pixels, or of the model that the run starts
 *     from
 */
public record TrainingJob(
    String id,
    EffectiveRecipe recipe,
    String dataset,
    Manifest manifest,
    Normalization normalization,
    HadoopSettings hadoop)
    implements Serializable {

  /** The number of examples in the training split. */
  public long examples() {
    return manifest.splits().get("train").examples();
  }

  /** The network's options. The dataset gives the classes, the recipe everything else. */
  public Architecture.Options options() {
    return recipe.options(manifest.classes().size());
  }

  public OptimizerSpec optimizer() {
    return OptimizerKeys.spec(recipe.optimizer());
  }

  /** The source from which every worker opens its network. */
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

  public Graph graph() {
    return Zoo.architecture(recipe.model().get(ModelKeys.NAME)).graph(options());
  }

  /** The preprocessing that the network expects, which model.json stores. */
  public Preprocessing preprocessing() {
    return normalization.preprocessing(recipe);
  }

  /** The pipeline from picture to network input, with the recipe's augmentations. */
  public Pipeline trainingPipeline() {
    return Pipelines.training(
        recipe.data().get(DataKeys.TRAIN),
        preprocessing(),
        new ColourComponents(
            manifest.statistics().pcaValues(), manifest.statistics().pcaVectors()));
  }

  /** Whether workers send rounded differences. One worker alone sends nothing. */
  boolean sendsRounded() {
    return recipe.sync().get(SyncKeys.WIRE).equals(SyncKeys.BF16)
        && recipe.training().get(TrainingKeys.WORKERS) > 1;
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
