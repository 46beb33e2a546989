package convoy.jobs.exchange;

import convoy.zoo.engine.Network;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The vectors of a training by name, and how they are cut into slices that Spark moves one by one.
 * The parameters come first, then the other vectors that networks hold, then those that only
 * reducing tasks use. No slice holds parts of two vectors. Every vector is as long as the
 * parameters, so slices of two vectors at the same offset belong to the same parameters.
 *
 * @param length number of floats in each vector
 * @param inNetworks names of the optimizer's state vectors, if the networks update them
 * @param own names of the vectors that belong to the rule of the reducing tasks: the strategy's
 *     own, and the optimizer's state if that rule updates it
 */
public record StateLayout(int length, List<String> inNetworks, List<String> own, int sliceFloats)
    implements Serializable {
  /** The name of the vector that every layout has. */
  public static final String PARAMETERS = "parameters";

  /**
   * At most 32 MB, far below all limits of 2 GB. A reducing task holds {@link #inReduction} of
   * them.
   */
  public static final int SLICE_FLOATS = 8 << 20;

  /** With more workers slices are smaller, so that a task doesn't hold more. */
  private static final int MOST_WORKERS_OF_LARGE_SLICES = 8;

  /** The largest slice in bytes that any layout may have. */
  static final int MOST_BYTES = 64 << 20;

  /** One slice: {@code length} floats of a vector, starting at {@code offset}. */
  public record Cut(String vector, int offset, int length) implements Serializable {
    public int bytes() {
      return length * Float.BYTES;
    }
  }

  public StateLayout {
    inNetworks = List.copyOf(inNetworks);
    own = List.copyOf(own);
    if (length < 1 || sliceFloats < 1 || sliceFloats > MOST_BYTES / Float.BYTES) {
      throw new IllegalArgumentException("no layout for " + length + " floats by " + sliceFloats);
    }

    List<String> names = new ArrayList<>(inNetworks);
    names.addAll(own);
    names.add(PARAMETERS);
    if (names.stream().distinct().count() != names.size()) {
      throw new IllegalArgumentException("two vectors of the same name in " + names);
    }
  }

  /** The layout for networks that update themselves, and a strategy's own vectors. */
  public static StateLayout of(Network network, List<String> own) {
    return of(network.parameters().length(), network.optimizerStateNames(), own);
  }

  /** The same vectors where the optimizer's state belongs to the rule of the reducing tasks. */
  public static StateLayout updatedInReduction(Network network, List<String> own) {
    List<String> all = new ArrayList<>(network.optimizerStateNames());
    all.addAll(own);
    return of(network.parameters().length(), List.of(), all);
  }

  /**
   * The layout of vectors of this length, in slices of the same size, so that no task has less to
   * do.
   */
  public static StateLayout of(int length, List<String> inNetworks, List<String> own) {
    return new StateLayout(length, inNetworks, own, even(length, SLICE_FLOATS));
  }

  /** The same vectors, in slices that are small enough for so many workers. */
  public StateLayout forWorkers(int workers) {
    int most = Math.max(1, sliceFloats * MOST_WORKERS_OF_LARGE_SLICES / workers);
    return workers <= MOST_WORKERS_OF_LARGE_SLICES
        ? this
        : new StateLayout(length, inNetworks, own, even(length, most));
  }

  private static int even(int length, int most) {
    int slices = (length - 1) / most + 1;
    return (length - 1) / slices + 1;
  }

  /**
   * The most bytes of slices that a reducing task holds: those of all workers, for the slice that
   * is reduced and the next one, and four more, which are read, made and sent.
   */
  public long inReduction(int workers) {
    return (2L * workers + 4) * sliceFloats * Float.BYTES;
  }

  /** Names of all vectors except the parameters, in order. */
  public List<String> besidesParameters() {
    List<String> names = new ArrayList<>(inNetworks);
    names.addAll(own);
    return names;
  }

  /** All slices in order. */
  public List<Cut> cuts() {
    List<Cut> cuts = new ArrayList<>();
    cut(PARAMETERS, cuts);
    besidesParameters().forEach(name -> cut(name, cuts));
    return cuts;
  }

  /** The slices of one vector. */
  public List<Cut> cutsOf(String vector) {
    return cuts().stream().filter(cut -> cut.vector().equals(vector)).toList();
  }

  /** The slices of the vectors in the networks, which workers send; they come before all others. */
  public List<Cut> networkCuts() {
    return cuts().subList(0, slicesOfVector() * (1 + inNetworks.size()));
  }

  /** The slice with this index. */
  public Cut cutAt(int index) {
    int number = index / slicesOfVector();
    int offset = index % slicesOfVector() * sliceFloats;
    String vector = number == 0 ? PARAMETERS : besidesParameters().get(number - 1);
    return new Cut(vector, offset, Math.min(sliceFloats, length - offset));
  }

  /** The index of the slice that begins at {@code offset} of a vector. */
  public int index(String vector, int offset) {
    int number = number(vector);
    if ((number == 0 && !vector.equals(PARAMETERS)) || offset % sliceFloats != 0) {
      throw new IllegalArgumentException("no slice of " + vector + " begins at " + offset);
    }

    return number * slicesOfVector() + offset / sliceFloats;
  }

  /** The vector's place among all vectors. */
  int number(String vector) {
    return vector.equals(PARAMETERS) ? 0 : 1 + besidesParameters().indexOf(vector);
  }

  private int slicesOfVector() {
    return (length - 1) / sliceFloats + 1;
  }

  private void cut(String vector, List<Cut> into) {
    for (int offset = 0; offset < length; offset += sliceFloats) {
      into.add(new Cut(vector, offset, Math.min(sliceFloats, length - offset)));
    }
  }
}
