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
 * A state on its way to the executors, slice by slice. A task fetches the slices it asks for.
 *
 * @param state its id
 */
public record BroadcastState(UUID state, SlicePlan plan, List<Broadcast<byte[]>> slices)
    implements WeightsSource, AutoCloseable {

  /** Sends all slices; the caller closes them after use. */
  public static BroadcastState send(JavaSparkContext spark, TrainingState state) {
    // Spark copies each slice on the thread that asks.
    List<Broadcast<byte[]>> slices = state.slices().parallelStream().map(spark::broadcast).toList();
    return new BroadcastState(state.id(), state.plan(), slices);
  }

  /** Fills parameters and optimizer state. */
  public void loadAll(Network network) {
    for (SlicePlan.Cut cut : plan.networkCuts()) {
      write(cut, NetworkVector.of(network, cut.vector()));
    }
  }

  @Override
  public String id() {
    return state.toString();
  }

  @Override
  public void load(ParameterLayout layout, FlatVector into) {
    for (SlicePlan.Cut cut : plan.networkCuts()) {
      if (cut.vector().equals(SlicePlan.PARAMETERS)) {
        write(cut, into);
      }
    }
  }

  private void write(SlicePlan.Cut cut, FlatVector into) {
    into.write(cut.offset(), slice(cut.vector(), cut.offset()).floats());
  }

  /** The slice that begins at {@code offset} of a vector. */
  Slice slice(String vector, int offset) {
    return new Slice(slices.get(plan.index(vector, offset)).value());
  }

  /** Frees the slices on driver and executors. */
  @Override
  public void close() {
    slices.forEach(Broadcast::destroy);
  }
}
