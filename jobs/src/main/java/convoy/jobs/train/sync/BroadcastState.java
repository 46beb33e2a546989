package convoy.jobs.train.sync;

import convoy.jobs.network.WeightsSource;
import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Network;
import java.util.List;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A state on its way to the executors, slice by slice.
 *
 * @param state its id
 */
public record BroadcastState(UUID state, SlicePlan plan, List<Broadcast<byte[]>> slices)
    implements WeightsSource {

  /** Sends all slices; the caller destroys them after use. */
  public static BroadcastState send(JavaSparkContext spark, TrainingState state) {
    // Spark copies each slice on the thread that asks.
    List<Broadcast<byte[]>> slices = state.slices().parallelStream().map(spark::broadcast).toList();
    return new BroadcastState(state.id(), state.plan(), slices);
  }

  /** Fills parameters and optimizer state. */
  public void loadAll(Network network) {
    load(SlicePlan.Vector.PARAMETERS, network);
    load(SlicePlan.Vector.OPTIMIZER_STATE, network);
  }

  @Override
  public String id() {
    return state.toString();
  }

  @Override
  public void load(Network network) {
    load(SlicePlan.Vector.PARAMETERS, network);
  }

  private void load(SlicePlan.Vector vector, Network network) {
    FlatVector into = vector.of(network);
    List<SlicePlan.Slice> cuts = plan.slices();
    for (int i = 0; i < cuts.size(); i++) {
      if (cuts.get(i).vector() == vector) {
        into.write(cuts.get(i).offset(), TrainingState.floats(slices.get(i).value()));
      }
    }
  }

  /** Frees the slices on driver and executors. */
  public void destroy() {
    slices.forEach(Broadcast::destroy);
  }
}
