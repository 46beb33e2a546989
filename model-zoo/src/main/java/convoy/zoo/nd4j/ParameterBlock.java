package convoy.zoo.nd4j;

import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.graph.Graph;
import convoy.zoo.loops.ChannelValues;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Parameters and their gradient as two flat blocks in the order of the graph, with views by name.
 */
final class ParameterBlock implements AutoCloseable {
  private final ParameterLayout layout;
  private final Map<String, ParameterLayout.Tensor> byName = new HashMap<>();
  private final Floats values;
  private final Floats gradient;
  private final Set<String> frozen;

  /**
   * @param frozen layers that get no gradient
   */
  ParameterBlock(Graph graph, boolean training, Set<String> frozen) {
    this.frozen = frozen;
    this.layout = ParameterLayout.of(graph);
    layout.tensors().forEach(tensor -> byName.put(tensor.name(), tensor));
    this.values = Floats.zeros(layout.length());
    this.gradient = training ? Floats.zeros(layout.length()) : null;
  }

  ParameterLayout layout() {
    return layout;
  }

  FloatBuffer values() {
    return values.buffer();
  }

  FloatBuffer gradient() {
    return gradient.buffer();
  }

  /** Returns whether this layer's tensors get a gradient. */
  boolean learns(String layer) {
    return gradient != null && !frozen.contains(layer);
  }

  /** Returns the named tensor, or null if there is none. */
  ParameterLayout.Tensor tensor(String name) {
    return byName.get(name);
  }

  /** Returns a part of the values as an array of this shape. */
  INDArray values(int offset, long... shape) {
    return values.view(offset, shape);
  }

  INDArray gradient(int offset, long... shape) {
    return gradient.view(offset, shape);
  }

  /** Returns the values of the named tensor only. */
  FloatBuffer valuesOf(String name) {
    return slice(values, byName.get(name));
  }

  FloatBuffer gradientOf(String name) {
    return slice(gradient, byName.get(name));
  }

  /** Returns a tensor that has one value for each channel. */
  ChannelValues channels(String name) {
    boolean learns = learns(byName.get(name).layer());
    return new ChannelValues(valuesOf(name), learns ? gradientOf(name) : null);
  }

  private static FloatBuffer slice(Floats block, ParameterLayout.Tensor tensor) {
    return block.buffer().slice(tensor.offset(), tensor.size());
  }

  @Override
  public void close() {
    values.close();
    if (gradient != null) {
      gradient.close();
    }
  }
}
