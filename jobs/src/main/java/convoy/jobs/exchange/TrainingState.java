package convoy.jobs.exchange;

import convoy.zoo.engine.Network;
import java.util.List;
import java.util.UUID;

/**
 * A state on the heap: float32, little-endian, in the slices of its {@link StateLayout}. It is
 * filled before it is used, and changes no more.
 *
 * @param id states with the same id have the same floats
 */
public record TrainingState(UUID id, StateLayout layout, List<byte[]> slices) implements Slices {
  public TrainingState {
    slices = List.copyOf(slices);
    if (slices.size() != layout.cuts().size()) {
      throw new IllegalArgumentException(
          slices.size() + " slices, but the layout has " + layout.cuts().size());
    }
  }

  /** Makes a state with a new id. */
  public TrainingState(StateLayout layout, List<byte[]> slices) {
    this(UUID.randomUUID(), layout, slices);
  }

  /** Makes a state of zeros. */
  public static TrainingState zeros(StateLayout layout) {
    return new TrainingState(
        layout, layout.cuts().stream().map(cut -> new byte[cut.bytes()]).toList());
  }

  /** Copies the vectors of a network. Those that no network holds are zero. */
  public static TrainingState of(StateLayout layout, Network network) {
    TrainingState state = zeros(layout);
    List<StateLayout.Cut> cuts = layout.networkCuts();
    for (int i = 0; i < cuts.size(); i++) {
      StateLayout.Cut cut = cuts.get(i);
      NetworkVector.of(network, cut.vector())
          .read(cut.offset(), Slice.floats(state.slices().get(i)));
    }

    return state;
  }

  @Override
  public Slice slice(int index) {
    return new Slice(slices.get(index));
  }
}
