package convoy.jobs.train.sync;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.UUID;

/**
 * Parameters and optimizer state between two rounds: float32, little-endian, in the slices of its
 * {@link SlicePlan}. Nobody changes a slice once it is in a state.
 *
 * @param id the same id means the same floats
 */
public record TrainingState(UUID id, SlicePlan plan, List<byte[]> slices) {
  public TrainingState {
    slices = List.copyOf(slices);
    if (slices.size() != plan.slices().size()) {
      throw new IllegalArgumentException(
          slices.size() + " slices, but the plan has " + plan.slices().size());
    }
  }

  /** A state with an id of its own. */
  public TrainingState(SlicePlan plan, List<byte[]> slices) {
    this(UUID.randomUUID(), plan, slices);
  }

  /** The bytes of a slice as floats; reads and writes go to the array. */
  public static FloatBuffer floats(byte[] slice) {
    return ByteBuffer.wrap(slice).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}
