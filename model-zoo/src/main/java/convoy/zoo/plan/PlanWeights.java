package convoy.zoo.plan;

import convoy.zoo.engine.Execution;
import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.engine.SharedWeights;
import convoy.zoo.graph.Graph;
import convoy.zoo.plan.memory.Capacity;
import convoy.zoo.plan.memory.ParameterStore;
import java.util.Set;

/**
 * Parameters that the plans of several networks read. They have the layouts that the first plan
 * wants. Copies in other layouts and types are shared too.
 */
public final class PlanWeights implements SharedWeights {
  private final Graph graph;
  private final EngineThread thread;
  private final ParameterStore store;

  private PlanWeights(NetworkSpec spec) {
    this.graph = spec.graph();
    this.thread = new EngineThread("convoy-" + graph.name() + "-weights", spec.threads());
    this.store = new ParameterStore(graph.inference(), false);
    boolean done = false;
    try {
      thread.run(
          () -> {
            // This plan decides the layouts. The networks compile it again, which is fast because
            // oneDNN caches it.
            try (Plans plans = new Plans(spec, Plan.Purpose.INFERENCE, store)) {
              plans.main();
            }

            Capacity.require(graph.name(), store.bytesOfAll(0, false));
            store.allocate(0);
          });
      done = true;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  /** Opens weights whose values are zero. */
  public static SharedWeights open(NetworkSpec spec) {
    return new PlanWeights(spec);
  }

  @Override
  public ParameterLayout layout() {
    return store.named();
  }

  @Override
  public FlatVector parameters() {
    return new ThreadVector(thread, store.vector(store.values(), 1));
  }

  @Override
  public Network open(Execution execution) {
    return new PlanNetwork(
        new NetworkSpec(graph, execution, Set.of()), Plan.Purpose.INFERENCE, store);
  }

  @Override
  public void close() {
    thread.run(store::close);
    thread.close();
  }
}
