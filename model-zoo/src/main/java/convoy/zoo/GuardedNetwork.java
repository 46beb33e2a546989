package convoy.zoo;

import convoy.zoo.engine.FinitePictures;
import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.ParameterLayout;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Checks in one place what every engine promises: a network is used by one thread at a time, its
 * arguments fit, and a closed network throws an exception instead of touching freed memory.
 */
final class GuardedNetwork implements Network {
  private final NetworkSpec spec;
  private final Network network;
  private final Runnable release;
  private final AtomicBoolean busy = new AtomicBoolean();
  private boolean closed;

  /**
   * @param release tells the shared weights that this network is closed; null if the network has
   *     weights of its own
   */
  GuardedNetwork(NetworkSpec spec, Network network, Runnable release) {
    this.spec = spec;
    this.network = network;
    this.release = release;
  }

  @Override
  public ParameterLayout layout() {
    return network.layout();
  }

  @Override
  public FlatVector parameters() {
    return new Vector(alone(network::parameters), release != null);
  }

  @Override
  public FlatVector optimizerState() {
    return new Vector(alone(network::optimizerState), false);
  }

  @Override
  public FlatVector gradient() {
    trains();
    return new Vector(alone(network::gradient), false);
  }

  @Override
  public List<String> optimizerStateNames() {
    return network.optimizerStateNames();
  }

  @Override
  public void initialize(long seed) {
    if (release != null) {
      throw sharedWeights();
    }

    run(() -> network.initialize(seed));
  }

  @Override
  public double computeGradient(FloatBuffer images, int[] labels, int size, long seed) {
    check(size);
    trains();
    for (int i = 0; i < size; i++) {
      if (labels[i] < 0 || labels[i] >= spec.graph().classes()) {
        throw new IllegalArgumentException(
            "label " + labels[i] + " of " + spec.graph().classes() + " classes");
      }
    }

    return alone(
        () -> {
          requireFinite(images, size);
          return network.computeGradient(images, labels, size, seed);
        });
  }

  @Override
  public void update(double learningRate, long iteration) {
    trains();
    run(() -> network.update(learningRate, iteration));
  }

  @Override
  public void predict(FloatBuffer images, int size, FloatBuffer probabilities) {
    check(size);
    run(
        () -> {
          requireFinite(images, size);
          network.predict(images, size, probabilities);
        });
  }

  @Override
  public void activations(String layer, int size, FloatBuffer into) {
    check(size);
    run(() -> network.activations(layer, size, into));
  }

  private void trains() {
    if (spec.optimizer() == null) {
      throw new IllegalStateException("opened for inference: open it with an optimizer to train");
    }
  }

  private static IllegalStateException sharedWeights() {
    return new IllegalStateException(
        "the network shares its weights: they are written before a network opens on them");
  }

  private void check(int size) {
    if (size < 1 || size > spec.maxBatch()) {
      throw new IllegalArgumentException(
          "a minibatch of " + size + " for a network opened for 1 to " + spec.maxBatch());
    }
  }

  private void requireFinite(FloatBuffer images, int size) {
    FinitePictures.require(images, size, spec.graph().input().size());
  }

  private void run(Runnable work) {
    alone(
        () -> {
          work.run();
          return null;
        });
  }

  private <T> T alone(Supplier<T> work) {
    if (!busy.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "a network works for one thread at a time: open one for each");
    }

    try {
      if (closed) {
        throw new IllegalStateException("the network is closed");
      }

      return work.get();
    } finally {
      busy.set(false);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }

    run(
        () -> {
          closed = true;
          try {
            network.close();
          } finally {
            if (release != null) {
              release.run();
            }
          }
        });
  }

  /** A vector of the network, which is checked in the same way as the network itself. */
  private final class Vector implements FlatVector {
    private final FlatVector vector;
    private final boolean shared;

    Vector(FlatVector vector, boolean shared) {
      this.vector = vector;
      this.shared = shared;
    }

    @Override
    public int length() {
      return vector.length();
    }

    @Override
    public void read(int offset, FloatBuffer into) {
      Objects.checkFromIndexSize(offset, into.remaining(), length());
      run(() -> vector.read(offset, into));
    }

    @Override
    public void write(int offset, FloatBuffer from) {
      Objects.checkFromIndexSize(offset, from.remaining(), length());
      if (shared) {
        throw sharedWeights();
      }

      run(() -> vector.write(offset, from));
    }
  }
}
