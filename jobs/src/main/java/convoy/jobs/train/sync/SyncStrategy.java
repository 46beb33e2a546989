package convoy.jobs.train.sync;

import convoy.jobs.recipe.Recipe;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How the workers of a run are kept together. One file each and one line in {@code SyncStrategies}.
 */
public interface SyncStrategy {
  /** As in a recipe's {@code sync.strategy}. */
  String name();

  /**
   * What of this recipe the strategy can't honour, one line each that names the key, the value and
   * the remedy; empty when it can. Called before any work.
   */
  List<String> problems(Recipe recipe);

  /**
   * Makes the strategy ready for the rounds of one run; the caller closes what it gets.
   *
   * @param job the same for every round of the run
   */
  SyncSession open(JavaSparkContext spark, TrainingJob job);
}
