package convoy.jobs.exchange;

import convoy.jobs.network.WeightsSource;
import convoy.jobs.spark.internal.Blocks;
import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.ParameterLayout;
import java.util.List;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A state that the executors hold for each other: the slices lie where they were made, and a task
 * reads those it needs. It changes no more.
 *
 * @param state id of the state: states with the same id have the same floats
 */
public record HeldState(UUID state, StateLayout layout, Blocks blocks)
    implements Slices, WeightsSource, AutoCloseable {

  /**
   * Holds a state in the driver. The caller closes the result.
   *
   * @param owner as {@link Blocks#newOwner} gives it to a training
   * @param id states with the same id have the same floats
   */
  public static HeldState inDriver(JavaSparkContext spark, int owner, UUID id, Slices state) {
    int slices = state.layout().cuts().size();
    Blocks blocks = Blocks.ofDriver(spark, owner, slices);
    for (int slice = 0; slice < slices; slice++) {
      blocks.put(slice, state.slice(slice).bytes());
    }

    return new HeldState(id, state.layout(), blocks);
  }

  /**
   * Fills the parameters of a network, and its optimizer state if networks update it.
   *
   * @param worker the first slice depends on it, so that not all workers ask the same executor
   * @param workers number of workers
   * @param again whether this process will read them again, so that it keeps those from elsewhere
   */
  public void loadAll(Network network, int worker, int workers, boolean again) {
    List<StateLayout.Cut> cuts = layout.networkCuts();
    int first = Math.toIntExact((long) worker * cuts.size() / workers);
    try (SlicesAhead ahead =
        new SlicesAhead(again ? new Keeping(this) : this, first, cuts.size())) {
      for (int i = 0; i < cuts.size(); i++) {
        StateLayout.Cut cut = cuts.get((first + i) % cuts.size());
        NetworkVector.of(network, cut.vector()).write(cut.offset(), ahead.next().floats());
      }
    }
  }

  @Override
  public String id() {
    return state.toString();
  }

  @Override
  public void load(ParameterLayout parameters, FlatVector into) {
    List<StateLayout.Cut> cuts = layout.cutsOf(StateLayout.PARAMETERS);
    try (SlicesAhead ahead = new SlicesAhead(this, 0, cuts.size())) {
      for (StateLayout.Cut cut : cuts) {
        into.write(cut.offset(), ahead.next().floats());
      }
    }
  }

  @Override
  public Slice slice(int index) {
    return found(index, blocks.get(index));
  }

  private Slice found(int index, byte[] bytes) {
    if (bytes == null) {
      throw lost(index);
    }

    return new Slice(bytes);
  }

  /** Keeps the slices that it gives in this process until the state is freed. */
  private record Keeping(HeldState state) implements Slices {
    @Override
    public StateLayout layout() {
      return state.layout;
    }

    @Override
    public Slice slice(int index) {
      return state.found(index, state.blocks.getAndKeep(index));
    }
  }

  private StateLostException lost(int index) {
    StateLayout.Cut cut = layout.cutAt(index);
    return new StateLostException(
        "no executor has the %,d values of %s from %,d on any more"
            .formatted(cut.length(), cut.vector(), cut.offset()));
  }

  /**
   * Does nothing if each slice lies somewhere. The driver calls it.
   *
   * @throws StateLostException if a slice is lost
   */
  public void requireWhole() {
    List<Integer> lost = blocks.withFewerThan(1);
    if (!lost.isEmpty()) {
      throw lost(lost.get(0));
    }
  }

  /** Frees the slices in the driver and the executors. The driver calls it. */
  @Override
  public void close() {
    blocks.free();
  }
}
