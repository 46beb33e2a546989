package convoy.jobs.exchange;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Network;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * The state that rounds begin with, as it is filled. It lies in a network, and so outside the heap;
 * only vectors that no network has lie on the heap. Executors hold it later as a {@link HeldState}.
 */
public final class FirstState implements Slices, AutoCloseable {
  private final StateLayout layout;
  private final Network network;
  private final Map<String, FlatVector> vectors;

  /**
   * Takes a network, which is closed with this state. Vectors that it doesn't have are zero.
   *
   * @param network of the layout's length
   */
  public FirstState(StateLayout layout, Network network) {
    this.layout = layout;
    this.network = network;
    this.vectors = new HashMap<>(NetworkVector.all(network));
    layout
        .besidesParameters()
        .forEach(name -> vectors.computeIfAbsent(name, other -> new OnHeap(layout.length())));
  }

  /** Sets the parameters to the network's start values drawn from {@code seed}. */
  public void initialize(long seed) {
    network.initialize(seed);
  }

  /** The parameters, to be written. */
  public FlatVector parameters() {
    return vectors.get(StateLayout.PARAMETERS);
  }

  /** All vectors except the parameters, to be written: the optimizer's, then the strategy's own. */
  public FlatVector besidesParameters() {
    return new JoinedVectors(layout.besidesParameters().stream().map(vectors::get).toList());
  }

  @Override
  public StateLayout layout() {
    return layout;
  }

  @Override
  public Slice slice(int index) {
    StateLayout.Cut cut = layout.cutAt(index);
    Slice slice = Slice.zeros(cut.length());
    vectors.get(cut.vector()).read(cut.offset(), slice.floats());
    return slice;
  }

  @Override
  public void close() {
    network.close();
  }

  /** A vector of zeros, until it is written. */
  private record OnHeap(FloatBuffer values) implements FlatVector {
    OnHeap(int length) {
      this(FloatBuffer.allocate(length));
    }

    @Override
    public int length() {
      return values.capacity();
    }

    @Override
    public void read(int offset, FloatBuffer into) {
      into.put(values.slice(offset, into.remaining()));
    }

    @Override
    public void write(int offset, FloatBuffer from) {
      values.slice(offset, from.remaining()).put(from);
    }
  }
}
