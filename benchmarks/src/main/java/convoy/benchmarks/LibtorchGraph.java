package convoy.benchmarks;

import convoy.zoo.graph.Addition;
import convoy.zoo.graph.BatchNormalization;
import convoy.zoo.graph.Concatenation;
import convoy.zoo.graph.Convolution;
import convoy.zoo.graph.Dropout;
import convoy.zoo.graph.FullyConnected;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Layer;
import convoy.zoo.graph.LocalResponseNormalization;
import convoy.zoo.graph.Parameter;
import convoy.zoo.graph.Pooling;
import convoy.zoo.graph.Rbf;
import convoy.zoo.graph.Softmax;
import convoy.zoo.graph.Subsampling;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.LocalResponseNormOptions;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Translates the zoo's layers to PyTorch's operations, as a user of PyTorch writes them. */
final class LibtorchGraph {
  private final Graph graph;
  private final Map<String, Tensor> parameters;
  private final boolean training;

  LibtorchGraph(Graph graph, Map<String, Tensor> parameters, boolean training) {
    this.graph = graph;
    this.parameters = parameters;
    this.training = training;
  }

  /** Returns the result of every layer by name; a softmax returns its logits. */
  Map<String, Tensor> forward(Tensor images) {
    Map<String, Tensor> values = new HashMap<>(Map.of(Graph.INPUT, images));
    for (Graph.Node node : graph.nodes()) {
      values.put(node.name(), node.layer().accept(new Translation(node, values)));
    }

    return values;
  }

  /** Translates each kind of layer to PyTorch's operation. */
  private final class Translation implements Layer.Visitor<Tensor> {
    private final String name;
    private final Tensor[] inputs;
    private final Tensor in;
    private final Tensor weight;
    private final TensorOptional bias;

    Translation(Graph.Node node, Map<String, Tensor> values) {
      this.name = node.name();
      this.inputs = node.inputs().stream().map(values::get).toArray(Tensor[]::new);
      this.in = inputs[0];
      this.weight = parameters.get(Parameter.weight(name));
      this.bias =
          node.layer().hasBias()
              ? new TensorOptional(parameters.get(Parameter.bias(name)))
              : new TensorOptional();
    }

    @Override
    public Tensor convolution(Convolution layer) {
      if (layer.connections() != null) {
        throw unknown(layer);
      }

      return activated(
          layer,
          torch.conv2d(
              in,
              weight,
              bias,
              square(layer.stride()),
              square(layer.padding()),
              square(1),
              layer.groups()));
    }

    @Override
    public Tensor fullyConnected(FullyConnected layer) {
      return activated(layer, torch.linear(torch.flatten(in, 1, -1), weight, bias));
    }

    @Override
    public Tensor pooling(Pooling layer) {
      long[] kernel = square(layer.kernel());
      long[] stride = square(layer.stride());
      long[] padding = square(layer.padding());
      return layer.mode() == Pooling.Mode.MAX
          ? torch.max_pool2d(in, kernel, stride, padding, square(1), layer.ceil())
          : torch.avg_pool2d(in, kernel, stride, padding, layer.ceil(), false, new LongOptional());
    }

    @Override
    public Tensor subsampling(Subsampling layer) {
      throw unknown(layer);
    }

    @Override
    public Tensor localResponseNormalization(LocalResponseNormalization layer) {
      return torch.local_response_norm(in, options(layer));
    }

    @Override
    public Tensor batchNormalization(BatchNormalization layer) {
      throw unknown(layer);
    }

    @Override
    public Tensor dropout(Dropout layer) {
      return torch.dropout(in, layer.rate(), training);
    }

    @Override
    public Tensor concatenation(Concatenation layer) {
      return torch.cat(new TensorVector(inputs), 1);
    }

    @Override
    public Tensor addition(Addition layer) {
      throw unknown(layer);
    }

    @Override
    public Tensor softmax(Softmax layer) {
      return in;
    }

    @Override
    public Tensor rbf(Rbf layer) {
      throw unknown(layer);
    }

    private Tensor activated(Layer layer, Tensor sum) {
      return switch (layer.activation()) {
        case NONE -> sum;
        case RELU -> torch.relu_(sum);
        case SCALED_TANH -> throw new IllegalArgumentException("no scaled tanh for libtorch here");
      };
    }

    private IllegalArgumentException unknown(Layer layer) {
      return new IllegalArgumentException(
          "%s: no %s layer like this for libtorch here".formatted(name, layer.kind()));
    }
  }

  /** PyTorch divides alpha by the size, as Caffe does. */
  private static LocalResponseNormOptions options(LocalResponseNormalization layer) {
    LocalResponseNormOptions options = new LocalResponseNormOptions(layer.size());
    options.alpha().put(layer.alpha() * layer.size());
    options.beta().put(layer.beta());
    options.k().put(layer.k());
    return options;
  }

  private static long[] square(long side) {
    return new long[] {side, side};
  }
}
