package convoy.jobs.exchange;

import convoy.zoo.engine.FlatVector;
import java.nio.FloatBuffer;

/** A vector of a state, which lies in slices. It is for one thread. */
public final class StateVector implements FlatVector {
  private final Slices state;
  private final String name;
  private int lastIndex = -1;
  private FloatBuffer last;

  private StateVector(Slices state, String name) {
    this.state = state;
    this.name = name;
  }

  /** The parameters. Writing fills a {@link TrainingState} that nothing uses yet. */
  public static FlatVector parameters(Slices state) {
    return of(state, StateLayout.PARAMETERS);
  }

  /** The vector of this name, as {@link #parameters}. */
  public static FlatVector of(Slices state, String name) {
    return new StateVector(state, name);
  }

  /**
   * All vectors except the parameters: the optimizer's, then the strategy's own, as {@link
   * #parameters}.
   */
  public static FlatVector besidesParameters(Slices state) {
    return new JoinedVectors(
        state.layout().besidesParameters().stream().map(name -> of(state, name)).toList());
  }

  @Override
  public int length() {
    return state.layout().length();
  }

  @Override
  public void read(int offset, FloatBuffer into) {
    while (into.hasRemaining()) {
      Piece piece = pieceAt(offset, into.remaining());
      into.put(into.position(), piece.slice(), piece.within(), piece.count());
      into.position(into.position() + piece.count());
      offset += piece.count();
    }
  }

  @Override
  public void write(int offset, FloatBuffer from) {
    while (from.hasRemaining()) {
      Piece piece = pieceAt(offset, from.remaining());
      piece.slice().put(piece.within(), from, from.position(), piece.count());
      from.position(from.position() + piece.count());
      offset += piece.count();
    }
  }

  /** A run of floats within one slice. */
  private record Piece(FloatBuffer slice, int within, int count) {}

  private Piece pieceAt(int offset, int most) {
    if (offset < 0 || offset >= length()) {
      throw new IndexOutOfBoundsException(offset + " of " + length() + " floats");
    }

    StateLayout layout = state.layout();
    int within = offset % layout.sliceFloats();
    FloatBuffer floats = floats(layout.index(name, offset - within));
    return new Piece(floats, within, Math.min(most, floats.capacity() - within));
  }

  /** A slice that is fetched from an executor is used to its end before the next is fetched. */
  private FloatBuffer floats(int slice) {
    if (slice != lastIndex) {
      last = state.slice(slice).floats();
      lastIndex = slice;
    }

    return last;
  }
}
