package convoy.averaging.dl4j;

import convoy.jobs.recipe.ModelKeys;
import convoy.jobs.recipe.OptimizerKeys;
import convoy.jobs.recipe.Recipe;
import convoy.jobs.recipe.SyncKeys;
import convoy.jobs.train.sync.SyncStrategy;
import convoy.jobs.train.sync.TrainingJob;
import convoy.jobs.train.sync.Workers;
import convoy.zoo.FrozenLayers;
import convoy.zoo.Zoo;
import convoy.zoo.dl4j.ComputationGraphs;
import convoy.zoo.dl4j.SgdRule;
import convoy.zoo.graph.Architecture;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The strategy {@code dl4j}: dl4j-spark's ParameterAveragingTrainingMaster, with DL4J's own network
 * of DL4J's own layers. Minibatches, update rule and rounds are those of the recipe. DL4J computes
 * the mean over the workers, without weighting by examples.
 */
public final class Dl4jAveraging implements SyncStrategy {
  private static final String NAME = "dl4j";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> problems(Recipe recipe) {
    List<String> problems = new ArrayList<>();
    String remedy = "; sync.strategy averaging can";
    if (!recipe.optimizer().get(OptimizerKeys.NAME).equals(SgdRule.NAME)) {
      problems.add(
          "optimizer.name %s: sync.strategy %s can do %s only%s"
              .formatted(recipe.optimizer().get(OptimizerKeys.NAME), NAME, SgdRule.NAME, remedy));
    }

    if (!recipe.model().get(ModelKeys.FREEZE).equals(FrozenLayers.NONE)) {
      problems.add(
          "model.freeze %s: sync.strategy %s trains all layers%s"
              .formatted(recipe.model().get(ModelKeys.FREEZE), NAME, remedy));
    }

    if (recipe.sync().get(SyncKeys.MOMENTUM).equals(SyncKeys.RESET)) {
      problems.add(
          "sync.momentum reset: sync.strategy %s always averages the momentum%s"
              .formatted(NAME, remedy));
    }

    if (recipe.sync().get(SyncKeys.WIRE).equals(SyncKeys.BF16)) {
      problems.add("sync.wire bf16: sync.strategy %s sends float32 only%s".formatted(NAME, remedy));
    }

    Architecture architecture = Zoo.architecture(recipe.model().get(ModelKeys.NAME));
    // Neither the number of classes nor the channels affect whether DL4J has the layers.
    Architecture.Options options =
        ModelKeys.options(
            recipe.model(), architecture.defaultClasses(), architecture.defaultInputChannels());
    for (String problem : ComputationGraphs.problems(architecture.graph(options))) {
      problems.add(
          "model.name %s: sync.strategy %s can't train it, %s%s"
              .formatted(architecture.name(), NAME, problem, remedy));
    }

    return problems;
  }

  @Override
  public Workers open(JavaSparkContext spark, TrainingJob job) {
    return new Dl4jSession(spark, job);
  }
}
