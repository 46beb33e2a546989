package convoy.jobs.train.sync;

import convoy.jobs.exchange.StateLayout;
import convoy.jobs.recipe.Recipe;
import convoy.options.Keys;
import convoy.zoo.engine.Network;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Decides how the workers of a run are synchronized. Most strategies are a {@link SyncRule}, which
 * {@link #of} turns into a strategy. A strategy with an exchange of its own implements this
 * interface.
 */
public interface SyncStrategy {
  /** The name in a recipe's {@code sync.strategy}. */
  String name();

  /** The strategy's own keys in section {@code sync}, in addition to the common ones. */
  default Keys keys() {
    return Keys.of();
  }

  /** The value of {@code sync.interval} in a recipe that gives none. */
  default int interval() {
    return 10;
  }

  /**
   * Lists what the strategy doesn't support in a recipe. Each line names the key, the value and the
   * remedy. It is called before any work.
   */
  List<String> problems(Recipe recipe);

  /** The vectors that a run keeps from round to round, and which of them networks hold. */
  default StateLayout layout(Network network) {
    return StateLayout.of(network, List.of());
  }

  /**
   * Prepares the rounds of one run. The caller closes the result.
   *
   * @param job the same for every round of the run
   */
  Workers open(JavaSparkContext spark, TrainingJob job);

  /** The strategy that exchanges slices on Spark and applies a rule to each. */
  static SyncStrategy of(SyncRule rule) {
    return new RuleStrategy(rule);
  }
}
