package convoy.jobs.exchange;

import java.io.Serializable;
import java.util.Map;

/**
 * Makes the next values of a slice from its weighted mean. It is called once for each slice of the
 * vectors in the networks, in the task that reduces the slice. It must be a pure function of each
 * element, so that the next state doesn't depend on how vectors are cut.
 */
@FunctionalInterface
public interface SliceRule extends Serializable {
  /** The next state is the mean itself. */
  SliceRule MEAN = (place, mean) -> new Next(mean, Map.of());

  /**
   * The next values of the slice. It is cheap to return {@code mean} itself: no copy is made, and a
   * single worker continues with the values in its network.
   */
  Next next(Place place, Slice mean);

  /** The same slice of all vectors that a rule may use together. */
  interface Place {
    /** Name of the vector that {@code mean} belongs to. */
    String vector();

    /** Index of the slice's first float in the vector. */
    int offset();

    /** The values of that vector before the round, which are fetched by this call. */
    Slice before();

    /** The values of a vector that no network holds, which are fetched by this call. */
    Slice own(String name);
  }

  /**
   * The answer of a rule.
   *
   * @param state next values of the vector
   * @param own next values of the vectors that no network holds, by name: all of them if the vector
   *     is the parameters, else none
   */
  record Next(Slice state, Map<String, Slice> own) {}
}
