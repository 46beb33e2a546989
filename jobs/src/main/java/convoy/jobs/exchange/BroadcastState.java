package convoy.jobs.exchange;

import convoy.jobs.network.WeightsSource;
import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.ParameterLayout;
import java.util.List;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A state that is sent to the executors slice by slice. A task fetches only the slices it needs.
 *
 * @param state id of the state
 */
public record BroadcastState(UUID state, StateLayout layout, List<Broadcast<byte[]>> slices)
    implements WeightsSource, AutoCloseable {

  /** Sends all slices. The caller closes the result after use. */
  public static BroadcastState send(JavaSparkContext spark, TrainingState state) {
    // Spark copies each slice on the thread that asks.
    List<Broadcast<byte[]>> slices = state.slices().parallelStream().map(spark::broadcast).toList();
    return new BroadcastState(state.id(), state.layout(), slices);
  }

  /** Fills the parameters and the optimizer state of a network. */
  public void loadAll(Network network) {
    for (StateLayout.Cut cut : layout.networkCuts()) {
      write(cut, NetworkVector.of(network, cut.vector()));
    }
  }

  @Override
  public String id() {
    return state.toString();
  }

  @Override
  public void load(ParameterLayout parameters, FlatVector into) {
    for (StateLayout.Cut cut : layout.networkCuts()) {
      if (cut.vector().equals(StateLayout.PARAMETERS)) {
        write(cut, into);
      }
    }
  }

  private void write(StateLayout.Cut cut, FlatVector into) {
    into.write(cut.offset(), slice(cut.vector(), cut.offset()).floats());
  }

  /** The slice that begins at {@code offset} of a vector. */
  Slice slice(String vector, int offset) {
    return new Slice(slices.get(layout.index(vector, offset)).value());
  }

  /** Frees the slices on the driver and the executors. */
  @Override
  public void close() {
    slices.forEach(Broadcast::destroy);
  }
}
