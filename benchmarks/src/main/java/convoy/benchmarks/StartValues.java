package convoy.benchmarks;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Initialization;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.graph.Graph;
import java.nio.FloatBuffer;

/**
 * The start values of a network in the order of its graph, without an engine. They can only be
 * read.
 */
final class StartValues implements FlatVector {
  private final FloatBuffer values;

  StartValues(Graph graph) {
    ParameterLayout layout = ParameterLayout.of(graph);
    this.values = Pictures.direct(layout.length());
    Initialization.fill(graph, layout, Candidate.SEED, values);
  }

  @Override
  public int length() {
    return values.capacity();
  }

  @Override
  public void read(int offset, FloatBuffer into) {
    into.put(values.slice(offset, into.remaining()));
  }

  @Override
  public void write(int offset, FloatBuffer from) {
    throw new UnsupportedOperationException("start values stay as they were drawn");
  }
}
