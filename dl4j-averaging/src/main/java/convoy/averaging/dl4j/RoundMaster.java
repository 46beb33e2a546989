package convoy.averaging.dl4j;

import convoy.jobs.recipe.EffectiveRecipe;
import convoy.jobs.recipe.TrainingKeys;
import org.apache.spark.api.java.JavaRDDLike;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.RepartitionStrategy;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;

/**
 * DL4J's master for one round. Each worker has one unchanged partition, and there is one average at
 * the end. The number of minibatches is known; DL4J would read and decode all pictures again to
 * count them.
 */
final class RoundMaster extends ParameterAveragingTrainingMaster {
  private static final int AGGREGATION_DEPTH = 2;
  private static final StorageLevel NOT_KEPT = null;

  private final long minibatches;

  RoundMaster(EffectiveRecipe recipe, int interval, long minibatches) {
    super(
        true,
        recipe.training().get(TrainingKeys.WORKERS),
        recipe.training().get(TrainingKeys.BATCH_SIZE_PER_WORKER),
        recipe.training().get(TrainingKeys.BATCH_SIZE_PER_WORKER),
        interval,
        AGGREGATION_DEPTH,
        0,
        Repartition.Never,
        RepartitionStrategy.SparkDefault,
        NOT_KEPT,
        // Statistics would contact a time server on the internet.
        false);
    this.rddTrainingApproach = RDDTrainingApproach.Direct;
    this.minibatches = minibatches;
  }

  @Override
  protected <T, R extends JavaRDDLike<T, R>> long getTotalDataSetObjectCount(
      JavaRDDLike<T, R> trainingData) {
    return minibatches;
  }
}
