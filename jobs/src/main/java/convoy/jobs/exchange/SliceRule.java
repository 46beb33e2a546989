package convoy.jobs.exchange;

import java.io.Serializable;
import java.util.Map;

/**
 * What becomes of the weighted mean of a slice. Called once for each slice of what the networks
 * hold, in the task that reduces it. A pure function, element by element, so that the next state
 * doesn't depend on how vectors are cut.
 */
@FunctionalInterface
public interface SliceRule extends Serializable {
  /** The next state is the mean itself. */
  SliceRule MEAN = (place, mean) -> new Next(mean, Map.of());

  /**
   * The slice's next values. To give back {@code mean} itself is cheap: no copy is made, and one
   * worker alone goes on with what its network holds.
   */
  Next next(Place place, Slice mean);

  /** The same places of the vectors that a rule sees together. */
  interface Place {
    /** Name of the vector that {@code mean} belongs to. */
    String vector();

    /** Its values before the round; fetched when they are asked for. */
    Slice before();

    /** The values of a vector that the strategy keeps for itself; fetched as {@link #before}. */
    Slice own(String name);
  }

  /**
   * What a rule answers.
   *
   * @param state next values of the vector
   * @param own next values of the strategy's own vectors by name: with the parameters all of them,
   *     with any other vector none
   */
  record Next(Slice state, Map<String, Slice> own) {}
}
