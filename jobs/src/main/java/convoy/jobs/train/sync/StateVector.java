package convoy.jobs.train.sync;

import convoy.zoo.engine.FlatVector;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;

/** One of the flat vectors of a {@link TrainingState}, seen as one: for files. */
public final class StateVector implements FlatVector {
  private final List<SlicePlan.Slice> cuts;
  private final List<byte[]> slices;
  private final int length;

  private StateVector(List<SlicePlan.Slice> cuts, List<byte[]> slices, int length) {
    this.cuts = cuts;
    this.slices = slices;
    this.length = length;
  }

  /** Writing to it changes the state: only while it is being filled. */
  public static StateVector of(TrainingState state, SlicePlan.Vector vector) {
    List<SlicePlan.Slice> all = state.plan().slices();
    List<Integer> chosen =
        IntStream.range(0, all.size()).filter(i -> all.get(i).vector() == vector).boxed().toList();
    return new StateVector(
        chosen.stream().map(all::get).toList(),
        chosen.stream().map(state.slices()::get).toList(),
        chosen.stream().mapToInt(i -> all.get(i).length()).sum());
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public void read(int offset, FloatBuffer into) {
    while (into.hasRemaining()) {
      int slice = sliceAt(offset);
      int within = offset - cuts.get(slice).offset();
      int count = Math.min(into.remaining(), cuts.get(slice).length() - within);
      into.put(into.position(), TrainingState.floats(slices.get(slice)), within, count);
      into.position(into.position() + count);
      offset += count;
    }
  }

  @Override
  public void write(int offset, FloatBuffer from) {
    while (from.hasRemaining()) {
      int slice = sliceAt(offset);
      int within = offset - cuts.get(slice).offset();
      int count = Math.min(from.remaining(), cuts.get(slice).length() - within);
      TrainingState.floats(slices.get(slice)).put(within, from, from.position(), count);
      from.position(from.position() + count);
      offset += count;
    }
  }

  private int sliceAt(int offset) {
    for (int slice = 0; slice < cuts.size(); slice++) {
      if (offset < cuts.get(slice).offset() + cuts.get(slice).length()) {
        return slice;
      }
    }

    throw new IndexOutOfBoundsException(offset + " of " + length + " floats");
  }
}
