package convoy.jobs.train;

import convoy.jobs.train.sync.SlicePlan;
import convoy.jobs.train.sync.TrainingState;
import convoy.zoo.ZooNetwork;
import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.ParameterLayout;
import java.util.List;

/** What the driver knows of a network without keeping it open. */
record NetworkShape(ParameterLayout layout, List<String> optimizerStateNames, SlicePlan plan) {

  /** A network's shape and its start values, drawn from the seed. */
  record Start(NetworkShape shape, TrainingState state) {}

  static Start start(ZooNetwork source, long seed) {
    try (Network network = source.withMaxBatch(1).open()) {
      network.initialize(seed);
      NetworkShape shape =
          new NetworkShape(
              network.layout(),
              network.optimizerStateNames(),
              SlicePlan.of(network.parameters().length(), network.optimizerState().length()));
      TrainingState state = shape.emptyState();
      copy(network.parameters(), state, SlicePlan.Vector.PARAMETERS);
      copy(network.optimizerState(), state, SlicePlan.Vector.OPTIMIZER_STATE);
      return new Start(shape, state);
    }
  }

  private static void copy(FlatVector from, TrainingState state, SlicePlan.Vector vector) {
    List<SlicePlan.Slice> cuts = state.plan().slices();
    for (int i = 0; i < cuts.size(); i++) {
      if (cuts.get(i).vector() == vector) {
        from.read(cuts.get(i).offset(), TrainingState.floats(state.slices().get(i)));
      }
    }
  }

  /** Zeros, to be filled. */
  TrainingState emptyState() {
    return new TrainingState(
        plan, plan.slices().stream().map(slice -> new byte[slice.bytes()]).toList());
  }
}
