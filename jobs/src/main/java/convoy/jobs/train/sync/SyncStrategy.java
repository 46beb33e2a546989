package convoy.jobs.train.sync;

import convoy.jobs.recipe.Recipe;
import convoy.options.Keys;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How the workers of a run are kept together. Most strategies are a {@link SyncRule}, which {@link
 * #of} makes one of these; who brings an exchange of its own implements this interface.
 */
public interface SyncStrategy {
  /** As in a recipe's {@code sync.strategy}. */
  String name();

  /** Its own keys in section {@code sync}, beside those that every strategy has. */
  default Keys keys() {
    return Keys.of();
  }

  /**
   * What of this recipe the strategy can't honour, one line each that names the key, the value and
   * the remedy; empty when it can. Called before any work.
   */
  List<String> problems(Recipe recipe);

  /** Names of the vectors that the strategy keeps from round to round beside the network's. */
  default List<String> ownVectors() {
    return List.of();
  }

  /**
   * Makes the strategy ready for the rounds of one run; the caller closes what it gets.
   *
   * @param job the same for every round of the run
   */
  Workers open(JavaSparkContext spark, TrainingJob job);

  /** The strategy that exchanges slices on Spark and applies a rule to each. */
  static SyncStrategy of(SyncRule rule) {
    return new RuleStrategy(rule);
  }
}
