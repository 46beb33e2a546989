package convoy.zoo.nd4j;

import convoy.zoo.engine.Execution;
import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.engine.SharedWeights;
import convoy.zoo.graph.Graph;
import convoy.zoo.natives.Nd4jRuntime;
import java.util.Set;

/** Parameters that the steps of several networks read. */
public final class Nd4jWeights implements SharedWeights {
  private final Graph graph;
  private final ParameterBlock parameters;

  private Nd4jWeights(NetworkSpec spec) {
    Nd4jRuntime.useThreads(spec.threads());
    this.graph = spec.graph();
    this.parameters = new ParameterBlock(graph.inference(), false, Set.of());
  }

  /** Opens weights whose values are zero. */
  public static SharedWeights open(NetworkSpec spec) {
    return new Nd4jWeights(spec);
  }

  @Override
  public ParameterLayout layout() {
    return parameters.layout();
  }

  @Override
  public FlatVector parameters() {
    return new BufferVector(parameters.values(), layout().length());
  }

  @Override
  public Network open(Execution execution) {
    return new Nd4jNetwork(new NetworkSpec(graph, execution, Set.of()), parameters);
  }

  @Override
  public void close() {
    parameters.close();
  }
}
