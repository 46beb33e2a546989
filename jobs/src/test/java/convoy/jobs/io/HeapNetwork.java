package convoy.jobs.io;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Parameter;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The parameters of a graph, without an engine. */
final class HeapNetwork implements Network {
  private final ParameterLayout layout;
  private final float[] values;

  HeapNetwork(Graph graph) {
    List<ParameterLayout.Tensor> tensors = new ArrayList<>();
    int offset = 0;
    for (Parameter parameter : graph.parameters()) {
      tensors.add(
          new ParameterLayout.Tensor(
              parameter.name(), parameter.shape(), parameter.kind(), offset));
      offset += parameter.size();
    }
    layout = new ParameterLayout(tensors);
    values = new float[offset];
  }

  float[] values() {
    return values;
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public FlatVector parameters() {
    return new FlatVector() {
      @Override
      public int length() {
        return values.length;
      }

      @Override
      public void read(int offset, FloatBuffer into) {
        into.put(values, offset, into.remaining());
      }

      @Override
      public void write(int offset, FloatBuffer from) {
        from.get(values, offset, from.remaining());
      }
    };
  }

  @Override
  public void initialize(long seed) {
    Random random = new Random(seed);
    for (int index = 0; index < values.length; index++) {
      values[index] = random.nextFloat();
    }
  }

  @Override
  public FlatVector optimizerState() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<String> optimizerStateNames() {
    return List.of();
  }

  @Override
  public double computeGradient(FloatBuffer images, int[] labels, int size, long seed) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FlatVector gradient() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void update(double learningRate, long iteration) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void predict(FloatBuffer images, int size, FloatBuffer probabilities) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void activations(String layer, int size, FloatBuffer into) {
    throw new IllegalArgumentException(layer);
  }

  @Override
  public void close() {}
}
