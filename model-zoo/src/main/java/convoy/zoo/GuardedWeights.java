package convoy.zoo;

import convoy.zoo.engine.Execution;
import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.engine.SharedWeights;
import convoy.zoo.graph.Graph;
import java.nio.FloatBuffer;
import java.util.Objects;
import java.util.Set;

/**
 * Checks in one place what every engine promises about shared weights: nobody writes them while
 * they are read, and their memory stays until the last reader is closed.
 */
final class GuardedWeights implements SharedWeights {
  private final Engine engine;
  private final Graph graph;
  private final SharedWeights weights;
  private int readers;
  private boolean closed;

  GuardedWeights(Engine engine, Graph graph, SharedWeights weights) {
    this.engine = engine;
    this.graph = graph;
    this.weights = weights;
  }

  @Override
  public ParameterLayout layout() {
    return weights.layout();
  }

  @Override
  public synchronized FlatVector parameters() {
    requireOpen();
    return new Vector(weights.parameters());
  }

  @Override
  public Network open(Execution execution) {
    if (execution.trains()) {
      throw new IllegalArgumentException("shared weights are for inference: give no optimizer");
    }

    engine.require(execution);
    synchronized (this) {
      requireOpen();
      readers++; // From here on nobody writes or frees, so compiling needs no lock.
    }

    boolean opened = false;
    try {
      NetworkSpec spec = new NetworkSpec(graph, execution, Set.of());
      Network network = new GuardedNetwork(spec, weights.open(execution), this::released);
      opened = true;
      return network;
    } finally {
      if (!opened) {
        released();
      }
    }
  }

  private synchronized void released() {
    readers--;
    freeUnused();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      freeUnused();
    }
  }

  private void freeUnused() {
    if (closed && readers == 0) {
      weights.close();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the weights are closed");
    }
  }

  private final class Vector implements FlatVector {
    private final FlatVector vector;

    Vector(FlatVector vector) {
      this.vector = vector;
    }

    @Override
    public int length() {
      return vector.length();
    }

    @Override
    public void read(int offset, FloatBuffer into) {
      Objects.checkFromIndexSize(offset, into.remaining(), length());
      synchronized (GuardedWeights.this) {
        requireOpen();
        vector.read(offset, into);
      }
    }

    @Override
    public void write(int offset, FloatBuffer from) {
      Objects.checkFromIndexSize(offset, from.remaining(), length());
      synchronized (GuardedWeights.this) {
        requireOpen();
        if (readers > 0) {
          throw new IllegalStateException(
              "%d networks read these weights: close them before writing".formatted(readers));
        }

        vector.write(offset, from);
      }
    }
  }
}
