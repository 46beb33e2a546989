package convoy.zoo.plan;

import convoy.zoo.graph.Activation;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Layer;
import convoy.zoo.loops.BatchNormalizationStep;
import convoy.zoo.loops.ChannelValues;
import convoy.zoo.loops.DropoutStep;
import convoy.zoo.loops.LocalResponseNormalizationStep;
import convoy.zoo.loops.RbfStep;
import convoy.zoo.loops.SoftmaxStep;
import convoy.zoo.loops.SubsamplingStep;
import convoy.zoo.plan.layers.ActivationLayer;
import convoy.zoo.plan.layers.Assembly;
import convoy.zoo.plan.layers.BatchNormalizationLayer;
import convoy.zoo.plan.layers.BatchNormalizationTensors;
import convoy.zoo.plan.layers.ConcatenationLayer;
import convoy.zoo.plan.layers.ConnectedKernels;
import convoy.zoo.plan.layers.ConvolutionLayer;
import convoy.zoo.plan.layers.Convolutions;
import convoy.zoo.plan.layers.FullyConnectedLayer;
import convoy.zoo.plan.layers.Kernels;
import convoy.zoo.plan.layers.LoopLayer;
import convoy.zoo.plan.layers.NormalizationLayer;
import convoy.zoo.plan.layers.OutputLayer;
import convoy.zoo.plan.layers.PlanLayer;
import convoy.zoo.plan.layers.PoolingLayer;
import convoy.zoo.plan.layers.StoredKernels;
import convoy.zoo.plan.layers.Value;
import convoy.zoo.plan.memory.OneDnn;
import convoy.zoo.plan.memory.Parameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns a graph into the layers of a plan, and lets them write it. */
final class Compiler {
  private final Graph graph;
  private final Set<String> frozen;
  private final Assembly assembly;
  private final Map<String, Value> values = new HashMap<>();
  private final List<PlanLayer> layers = new ArrayList<>();
  private final Map<String, OutputLayer> outputs = new HashMap<>();

  /**
   * @param graph all that runs: for inference without what only training uses
   * @param frozen layers that training leaves as they are
   */
  Compiler(Graph graph, Set<String> frozen, Assembly assembly) {
    this.graph = graph;
    this.frozen = frozen;
    this.assembly = assembly;
  }

  Value value(String name) {
    return values.get(name);
  }

  OutputLayer output() {
    OutputLayer output = outputs.get(graph.output().name());
    if (output == null) {
      throw new IllegalArgumentException(
          graph.name() + " ends in " + graph.output().name() + ", which gives no probabilities");
    }

    return output;
  }

  /**
   * Writes the forward pass and, in training, the backward pass.
   *
   * @return lines of the forward pass
   */
  int compile() {
    Value picture = new Value(Graph.INPUT, graph.input(), false);
    picture.data(assembly.operand(OneDnn.plain(assembly.dimensions(picture))));
    values.put(Graph.INPUT, picture);
    graph.nodes().forEach(this::declare);
    graph.nodes().forEach(this::forward);
    int forwardLines = assembly.instructions().size();
    if (assembly.training()) {
      for (int i = layers.size() - 1; i >= 0; i--) {
        layers.get(i).backward(assembly);
      }
    }

    return forwardLines;
  }

  private void declare(Graph.Node node) {
    List<Value> inputs = node.inputs().stream().map(values::get).toList();
    boolean learns =
        assembly.training()
            && ((!node.parameters().isEmpty() && !frozen.contains(node.name()))
                || inputs.stream().anyMatch(Value::differentiable));
    values.put(
        node.name(), passes(node) ? inputs.get(0) : new Value(node.name(), node.output(), learns));
  }

  /** Whether the layer does nothing here. */
  private boolean passes(Graph.Node node) {
    return node.layer() instanceof Layer.Dropout dropout
        && (!assembly.training() || dropout.rate() == 0);
  }

  private void forward(Graph.Node node) {
    if (passes(node)) {
      return;
    }

    Value output = values.get(node.name());
    PlanLayer layer = layer(node, values.get(node.inputs().get(0)), output);
    layer.forward(assembly);
    if (output.differentiable()) {
      layers.add(layer);
    }
  }

  private PlanLayer layer(Graph.Node node, Value input, Value output) {
    Layer layer = node.layer();
    if (layer instanceof Layer.Convolution convolution) {
      return activated(
          convolution.activation(), convolution(node, convolution, input, output), output);
    } else if (layer instanceof Layer.FullyConnected dense) {
      return activated(dense.activation(), fullyConnected(dense, input, output), output);
    } else if (layer instanceof Layer.Pooling pooling) {
      return new PoolingLayer(pooling, input, output);
    } else if (layer instanceof Layer.LocalResponseNormalization normalization) {
      NormalizationLayer compiled = new NormalizationLayer(normalization, input, output);
      return compiled.fits(assembly)
          ? compiled
          : new LoopLayer(
              (from, into) -> new LocalResponseNormalizationStep(normalization, from, into),
              input,
              output);
    } else if (layer instanceof Layer.BatchNormalization normalization) {
      return batchNormalization(normalization, input, output);
    } else if (layer instanceof Layer.Concatenation) {
      return new ConcatenationLayer(node.inputs().stream().map(values::get).toList(), output);
    } else if (layer instanceof Layer.Dropout dropout) {
      int place = graph.nodes().indexOf(node);
      return new LoopLayer(
          (from, into) -> new DropoutStep(dropout.rate(), place, from, into), input, output);
    } else if (layer instanceof Layer.Subsampling subsampling) {
      return subsampling(subsampling, input, output);
    } else if (layer instanceof Layer.Softmax) {
      double weight = weight(node);
      return output(
          new OutputLayer((from, into) -> new SoftmaxStep(from, into, weight), input, output));
    } else if (layer instanceof Layer.Rbf rbf) {
      return output(new OutputLayer((from, into) -> new RbfStep(rbf, from, into), input, output));
    }

    throw new IllegalArgumentException("layer " + node.name() + ": no plan for " + layer.kind());
  }

  private static PlanLayer activated(Activation activation, PlanLayer layer, Value output) {
    return activation == Activation.SCALED_TANH
        ? new ActivationLayer(activation, layer, output)
        : layer;
  }

  private PlanLayer convolution(
      Graph.Node node, Layer.Convolution layer, Value input, Value output) {
    Convolutions primitives =
        new Convolutions(
            node.name(),
            layer,
            assembly.type(),
            assembly.dimensions(input),
            assembly.dimensions(output));
    String weight = node.name() + ".weight";
    Kernels kernels =
        layer.connections() == null
            ? stored(weight, primitives.kernelDimensions())
            : new ConnectedKernels(
                weight,
                assembly.parameters(),
                layer.connections(),
                input.shape().channels(),
                layer.kernel());
    return new ConvolutionLayer(primitives, kernels, input, output);
  }

  private PlanLayer fullyConnected(Layer.FullyConnected layer, Value input, Value output) {
    Kernels kernels =
        stored(output.name() + ".weight", output.shape().size(), input.shape().size());
    return new FullyConnectedLayer(layer.activation(), kernels, input, output);
  }

  private Kernels stored(String name, long... dimensions) {
    boolean converted = assembly.type() != OneDnn.FLOAT;
    return new StoredKernels(name, assembly.parameters(), converted, dimensions);
  }

  private PlanLayer subsampling(Layer.Subsampling layer, Value input, Value output) {
    Parameters.Stored weight = channels(output, "weight");
    Parameters.Stored bias = channels(output, "bias");
    return new LoopLayer(
        (from, into) -> new SubsamplingStep(layer, from, into, values(weight), values(bias)),
        input,
        output);
  }

  private PlanLayer batchNormalization(Layer.BatchNormalization layer, Value input, Value output) {
    BatchNormalizationTensors tensors = BatchNormalizationTensors.of(output, assembly.parameters());
    boolean kept = frozen.contains(output.name());
    BatchNormalizationLayer compiled =
        new BatchNormalizationLayer(layer, input, output, tensors, assembly.training() && !kept);
    if (layer.activation() != Activation.SCALED_TANH && compiled.fits()) {
      return compiled;
    }

    return new LoopLayer(
        (from, into) ->
            new BatchNormalizationStep(
                layer,
                from,
                into,
                values(tensors.scale()),
                values(tensors.shift()),
                tensors.running(),
                kept),
        input,
        output);
  }

  /** A tensor of one number a channel. */
  private Parameters.Stored channels(Value layer, String tensor) {
    int channels = layer.shape().channels();
    return assembly
        .parameters()
        .tensor(layer.name() + "." + tensor, OneDnn.plain(channels), channels);
  }

  private static ChannelValues values(Parameters.Stored tensor) {
    return new ChannelValues(
        tensor.values().floats(), tensor.gradient() == null ? null : tensor.gradient().floats());
  }

  private double weight(Graph.Node node) {
    return graph.heads().stream()
        .filter(head -> head.output().equals(node.name()))
        .mapToDouble(Graph.Head::weight)
        .findFirst()
        .orElse(1);
  }

  private OutputLayer output(OutputLayer layer) {
    outputs.put(layer.output().name(), layer);
    return layer;
  }
}
