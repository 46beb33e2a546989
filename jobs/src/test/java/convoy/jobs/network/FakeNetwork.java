package convoy.jobs.network;

import convoy.zoo.engine.Execution;
import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSource;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.engine.SharedWeights;
import convoy.zoo.graph.Parameter;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A network without an engine. Its only parameter is the sharpness. The mean of the picture's
 * values is a class index, and the probability of a class falls with its distance from it.
 */
public final class FakeNetwork implements Network {
  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          List.of(new ParameterLayout.Tensor("sharpness", List.of(1), Parameter.Kind.WEIGHT, 0)));
  private final float[] parameters;
  private final Source source;
  private boolean closed;
  private boolean failsToClose;

  private FakeNetwork(Source source, float[] parameters) {
    this.source = source;
    this.parameters = parameters;
  }

  /** Opens one for pictures of {@code length} floats. */
  public record Source(int classes, int length, int maxBatch, boolean trains)
      implements NetworkSource {
    /** For inference. */
    public Source(int classes, int length, int maxBatch) {
      this(classes, length, maxBatch, false);
    }

    @Override
    public Network open() {
      return new FakeNetwork(this, new float[1]);
    }

    @Override
    public SharedWeights openWeights() {
      return new Shared(this);
    }

    @Override
    public Network open(SharedWeights weights) {
      return weights.open(new Execution(null, maxBatch, 1));
    }
  }

  /** One sharpness for many networks. */
  static final class Shared implements SharedWeights {
    private final Source source;
    private final float[] parameters = new float[1];
    private boolean closed;

    Shared(Source source) {
      this.source = source;
    }

    boolean isClosed() {
      return closed;
    }

    @Override
    public ParameterLayout layout() {
      return LAYOUT;
    }

    @Override
    public FlatVector parameters() {
      return vector(parameters);
    }

    @Override
    public Network open(Execution execution) {
      return new FakeNetwork(source, parameters);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** Sets the sharpness; counts nothing. */
  public record Sharpness(float value) implements WeightsSource {
    @Override
    public String id() {
      return "sharpness " + value;
    }

    @Override
    public void load(ParameterLayout layout, FlatVector into) {
      into.write(0, FloatBuffer.wrap(new float[] {value}));
    }
  }

  boolean isClosed() {
    return closed;
  }

  void failToClose() {
    failsToClose = true;
  }

  @Override
  public ParameterLayout layout() {
    return LAYOUT;
  }

  @Override
  public FlatVector parameters() {
    return vector(parameters);
  }

  private static FlatVector vector(float[] parameters) {
    return new FlatVector() {
      @Override
      public int length() {
        return parameters.length;
      }

      @Override
      public void read(int offset, FloatBuffer into) {
        into.put(parameters, offset, into.remaining());
      }

      @Override
      public void write(int offset, FloatBuffer from) {
        from.get(parameters, offset, from.remaining());
      }
    };
  }

  @Override
  public void predict(FloatBuffer images, int size, FloatBuffer probabilities) {
    if (size > source.maxBatch() || size < 1) {
      throw new IllegalArgumentException("a minibatch of " + size);
    }

    for (int k = 0; k < size; k++) {
      double sum = 0;
      for (int i = 0; i < source.length(); i++) {
        sum += images.get(k * source.length() + i);
      }

      double mean = sum / source.length();
      double total = 0;
      for (int c = 0; c < source.classes(); c++) {
        total += Math.exp(-parameters[0] * Math.abs(c - mean));
      }

      for (int c = 0; c < source.classes(); c++) {
        double probability = Math.exp(-parameters[0] * Math.abs(c - mean)) / total;
        probabilities.put(k * source.classes() + c, (float) probability);
      }
    }
  }

  @Override
  public FlatVector optimizerState() {
    throw new UnsupportedOperationException("opened for inference");
  }

  @Override
  public List<String> optimizerStateNames() {
    return List.of();
  }

  @Override
  public void initialize(long seed) {
    parameters[0] = 1;
  }

  @Override
  public double computeGradient(FloatBuffer images, int[] labels, int size, long seed) {
    throw new UnsupportedOperationException("opened for inference");
  }

  @Override
  public FlatVector gradient() {
    throw new UnsupportedOperationException("opened for inference");
  }

  @Override
  public void update(double learningRate, long iteration) {
    throw new UnsupportedOperationException("opened for inference");
  }

  @Override
  public void activations(String layer, int size, FloatBuffer into) {
    throw new IllegalArgumentException(layer);
  }

  @Override
  public void close() {
    closed = true;
    if (failsToClose) {
      throw new IllegalStateException("can't be closed");
    }
  }
}
