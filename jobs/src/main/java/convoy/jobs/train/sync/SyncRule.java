package convoy.jobs.train.sync;

import convoy.jobs.exchange.Slice;
import convoy.jobs.exchange.SliceRule.Next;
import convoy.jobs.exchange.SliceRule.Place;
import convoy.jobs.recipe.Recipe;
import convoy.options.Keys;
import convoy.options.Settings;
import java.io.Serializable;
import java.util.List;

/**
 * A strategy as a rule: what becomes of the mean over the workers. It is asked slice by slice, on
 * the executors, and knows nothing of how slices get there. Its answers are pure functions of what
 * it is given, element by element. One file each, and one line in {@code SyncStrategies}.
 */
public interface SyncRule extends Serializable {
  /** As in a recipe's {@code sync.strategy}. */
  String name();

  /** As in {@link SyncStrategy#keys}. */
  default Keys keys() {
    return Keys.of();
  }

  /** The rule with the values that a recipe's section {@code sync} has for its keys. */
  default SyncRule with(Settings sync) {
    return this;
  }

  /** As in {@link SyncStrategy#problems}. */
  default List<String> problems(Recipe recipe) {
    return List.of();
  }

  /**
   * Names of the vectors that the rule keeps for itself from round to round, as long as the
   * parameters, zero at the start. Checkpoints hold them beside the optimizer's state.
   */
  default List<String> ownVectors() {
    return List.of();
  }

  /**
   * The next parameters and the next values of every own vector at the same places.
   *
   * @param place what stood there before the round
   * @param mean over the workers, weighted by examples
   */
  Next parameters(Round round, Place place, Slice mean);

  /** The next values of an optimizer's state vector, whose name the place has: the mean itself. */
  default Slice optimizerState(Round round, Place place, Slice mean) {
    return mean;
  }
}
