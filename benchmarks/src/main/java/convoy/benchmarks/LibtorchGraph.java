package convoy.benchmarks;

import convoy.zoo.graph.Activation;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Layer;



import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.LocalResponseNormOptions;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The zoo's layers as PyTorch's operations, the way a user of PyTorch writes them. */
final class LibtorchGraph {
  private final Graph graph;
  private final Map<String, Tensor> parameters;
  private final boolean training;

  LibtorchGraph(Graph graph, Map<String, Tensor> parameters, boolean training) {
    this.graph = graph;
    this.parameters = parameters;
    this.training = training;
  }

  /** What every layer gives, by name; a softmax stands for its logits. */
  Map<String, Tensor> forward(Tensor images) {
    Map<String, Tensor> values = new HashMap<>(Map.of(Graph.INPUT, images));
    for (Graph.Node node : graph.nodes()) {
      Tensor[] inputs = node.inputs().stream().map(values::get).toArray(Tensor[]::new);
      values.put(node.name(), output(node.name(), node.layer(), inputs));
    }

    return values;
  }

  private Tensor output(String name, Layer layer, Tensor... inputs) {
    Tensor in = inputs[0];
    if (layer instanceof Layer.Convolution convolution && convolution.connections() == null) {
      return activation(convolution.activation(), convolution(name, convolution, in));
    } else if (layer instanceof Layer.FullyConnected dense) {
      Tensor sum =
          torch.linear(
              torch.flatten(in, 1, -1),
              parameters.get(name + ".weight"),
              new TensorOptional(parameters.get(name + ".bias")));
      return activation(dense.activation(), sum);
    } else if (layer instanceof Layer.Pooling pooling) {
      return pooling(pooling, in);
    } else if (layer instanceof Layer.LocalResponseNormalization normalization) {
      return torch.local_response_norm(in, options(normalization));
    } else if (layer instanceof Layer.Dropout dropout) {
      return torch.dropout(in, dropout.rate(), training);
    } else if (layer instanceof Layer.Concatenation) {
      return torch.cat(new TensorVector(inputs), 1);
    } else if (layer instanceof Layer.Softmax) {
      return in;
    }

    throw new IllegalArgumentException(name + ": no " + layer.kind() + " layer for libtorch here");
  }

  private Tensor convolution(String name, Layer.Convolution layer, Tensor in) {
    return torch.conv2d(
        in,
        parameters.get(name + ".weight"),
        new TensorOptional(parameters.get(name + ".bias")),
        square(layer.stride()),
        square(layer.padding()),
        square(1),
        layer.groups());
  }

  private static Tensor pooling(Layer.Pooling layer, Tensor in) {
    long[] kernel = square(layer.kernel());
    long[] stride = square(layer.stride());
    long[] padding = square(layer.padding());
    return layer.mode() == Layer.Pooling.Mode.MAX
        ? torch.max_pool2d(in, kernel, stride, padding, square(1), layer.ceil())
        : torch.avg_pool2d(in, kernel, stride, padding, layer.ceil(), false, new LongOptional());
  }

  /** PyTorch divides alpha by the size, as Caffe does. */
  private static LocalResponseNormOptions options(Layer.LocalResponseNormalization layer) {
    LocalResponseNormOptions options = new LocalResponseNormOptions(layer.size());
    options.alpha().put(layer.alpha() * layer.size());
    options.beta().put(layer.beta());
    options.k().put(layer.k());
    return options;
  }

  private static Tensor activation(Activation activation, Tensor sum) {
    return switch (activation) {
      case NONE -> sum;
      case RELU -> torch.relu_(sum);
      case SCALED_TANH -> throw new IllegalArgumentException("no scaled tanh for libtorch here");
    };
  }

  private static long[] square(long side) {
    return new long[] {side, side};
  }
}
