package convoy.benchmarks.exchange;

import convoy.jobs.exchange.StateLayout;
import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.ParameterLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands in the place of a network: native memory of the same size, and a training that changes few
 * floats. So a round takes no longer than its exchange.
 */
final class StubNetwork implements Network {
  /** Number of floats of which one changes in a round. */
  static final int STRIDE = 1 << 16;

  private static StubNetwork ofThisProcess;

  private final StateLayout layout;
  private final Vector parameters;
  private final Vector optimizer;

  private StubNetwork(StateLayout layout) {
    this.layout = layout;
    this.parameters = new Vector(List.of(direct(layout.length())));
    List<FloatBuffer> vectors = new ArrayList<>();
    layout.inNetworks().forEach(name -> vectors.add(direct(layout.length())));
    this.optimizer = new Vector(vectors);
  }

  /** The only network of this process, which the tasks use in turn. */
  static synchronized StubNetwork ofThisProcess(StateLayout layout) {
    if (ofThisProcess == null || !ofThisProcess.layout.equals(layout)) {
      ofThisProcess = new StubNetwork(layout);
    }

    return ofThisProcess;
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** Changes every {@link #STRIDE}th float of each vector as it is known of this worker. */
  void train(int worker) {
    parameters.train(worker);
    optimizer.train(worker);
  }

  /** A vector that consists of others. */
  private record Vector(List<FloatBuffer> parts) implements FlatVector {
    @Override
    public int length() {
      return parts.stream().mapToInt(FloatBuffer::capacity).sum();
    }

    @Override
    public void read(int offset, FloatBuffer into) {
      while (into.hasRemaining()) {
        FloatBuffer from = from(offset, into.remaining());
        offset += from.remaining();
        into.put(from);
      }
    }

    @Override
    public void write(int offset, FloatBuffer from) {
      while (from.hasRemaining()) {
        FloatBuffer into = from(offset, from.remaining());
        offset += into.remaining();
        int end = from.limit();
        into.put(from.limit(from.position() + into.remaining()));
        from.limit(end);
      }
    }

    /** A view of at most {@code most} floats of one part. */
    private FloatBuffer from(int offset, int most) {
      int length = parts.get(0).capacity();
      int within = offset % length;
      return parts.get(offset / length).slice(within, Math.min(most, length - within));
    }

    void train(int worker) {
      for (FloatBuffer part : parts) {
        for (int i = 0; i < part.capacity(); i += STRIDE) {
          part.put(i, part.get(i) + KnownState.change(worker, i));
        }
      }
    }
  }

  @Override
  public FlatVector parameters() {
    return parameters;
  }

  @Override
  public FlatVector optimizerState() {
    return optimizer;
  }

  @Override
  public List<String> optimizerStateNames() {
    return layout.inNetworks();
  }

  @Override
  public ParameterLayout layout() {
    throw noNetwork();
  }

  @Override
  public void initialize(long seed) {
    throw noNetwork();
  }

  @Override
  public double computeGradient(FloatBuffer images, int[] labels, int size, long seed) {
    throw noNetwork();
  }

  @Override
  public FlatVector gradient() {
    throw noNetwork();
  }

  @Override
  public void update(double learningRate, long iteration) {
    throw noNetwork();
  }

  @Override
  public void predict(FloatBuffer images, int size, FloatBuffer probabilities) {
    throw noNetwork();
  }

  @Override
  public void activations(String layer, int size, FloatBuffer into) {
    throw noNetwork();
  }

  private static UnsupportedOperationException noNetwork() {
    return new UnsupportedOperationException("a stub of a network computes nothing");
  }

  @Override
  public void close() {
    // The garbage collector frees the memory.
  }
}
