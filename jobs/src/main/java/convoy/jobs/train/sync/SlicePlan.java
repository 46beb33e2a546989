package convoy.jobs.train.sync;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Network;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How the flat vectors of a network are cut into slices that Spark moves one by one: parameters
 * first, then the optimizer state, no slice with parts of both.
 *
 * @param parameters floats
 * @param optimizerState floats
 */
public record SlicePlan(int parameters, int optimizerState, int sliceFloats)
    implements Serializable {
  /** 32 MB: far from 2 GB limits; a reducing task holds one a worker and about four more. */
  public static final int SLICE_FLOATS = 8 << 20;

  /** Of a slice, whatever the plan. */
  static final int MOST_BYTES = 64 << 20;

  /** Which flat vector a slice belongs to. */
  public enum Vector {
    PARAMETERS,
    OPTIMIZER_STATE;

    /** The one of a network. */
    FlatVector of(Network network) {
      return this == PARAMETERS ? network.parameters() : network.optimizerState();
    }
  }

  /** One slice: {@code length} floats of a vector from {@code offset} on. */
  public record Slice(Vector vector, int offset, int length) implements Serializable {
    public int bytes() {
      return length * Float.BYTES;
    }
  }

  public SlicePlan {
    if (parameters < 1
        || optimizerState < 0
        || sliceFloats < 1
        || sliceFloats > MOST_BYTES / Float.BYTES) {
      throw new IllegalArgumentException(
          "no plan for " + parameters + " + " + optimizerState + " floats by " + sliceFloats);
    }
  }

  public static SlicePlan of(int parameters, int optimizerState) {
    return new SlicePlan(parameters, optimizerState, SLICE_FLOATS);
  }

  /** All slices in order. */
  public List<Slice> slices() {
    List<Slice> slices = new ArrayList<>();
    cut(Vector.PARAMETERS, parameters, slices);
    cut(Vector.OPTIMIZER_STATE, optimizerState, slices);
    return slices;
  }

  private void cut(Vector vector, int length, List<Slice> into) {
    for (int offset = 0; offset < length; offset += sliceFloats) {
      into.add(new Slice(vector, offset, Math.min(sliceFloats, length - offset)));
    }
  }
}
