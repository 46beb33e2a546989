package convoy.jobs.train.sync;

import convoy.jobs.exchange.Slice;
import convoy.jobs.exchange.SliceRule.Next;
import convoy.jobs.exchange.SliceRule.Place;
import convoy.jobs.recipe.Recipe;
import convoy.options.Keys;
import java.io.Serializable;
import java.util.List;

/**
 * A strategy as a rule that makes the next state from the mean over the workers. It is called for
 * each slice, on the executors, and doesn't know how slices get there. Its results must be pure
 * functions of each element. A rule has a file of its own and a line in {@code SyncStrategies}.
 */
public interface SyncRule extends Serializable {
  /** The name in a recipe's {@code sync.strategy}. */
  String name();

  /** The rule's own keys, as in {@link SyncStrategy#keys}. */
  default Keys keys() {
    return Keys.of();
  }

  /** This rule with the values of its keys, and whatever else it takes from a run. */
  default SyncRule with(TrainingJob job) {
    return this;
  }

  /**
   * Whether a round is one minibatch of which each worker sends the gradient, and this rule updates
   * parameters and optimizer state. Otherwise each worker updates its own network, and sends that.
   */
  default boolean reducesGradients() {
    return false;
  }

  /** The problems with a recipe, as in {@link SyncStrategy#problems}. */
  default List<String> problems(Recipe recipe) {
    return List.of();
  }

  /**
   * Names of the vectors that the rule keeps for itself from round to round. Each is as long as the
   * parameters and zero at the start. Checkpoints store them with the optimizer's state. A rule
   * that reduces gradients has the optimizer's state vectors beside them, by the optimizer's names.
   */
  default List<String> ownVectors() {
    return List.of();
  }

  /**
   * The next parameters, and the next values of every own vector in the same slice. What the rule
   * gives for statistics of batch normalization is ignored: they are always the mean.
   *
   * @param place the values before the round
   * @param mean mean over the workers, weighted by examples: of their parameters or gradients
   */
  Next parameters(Round round, Place place, Slice mean);

  /** The next values of the optimizer's state vector that {@code place} names: the mean itself. */
  default Slice optimizerState(Round round, Place place, Slice mean) {
    return mean;
  }
}
