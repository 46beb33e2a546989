package convoy.zoo.plan;

import convoy.zoo.graph.Activation;
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
import convoy.zoo.graph.UsualAnswer;
import convoy.zoo.loops.BatchNormalizationStep;
import convoy.zoo.loops.ChannelValues;
import convoy.zoo.loops.DropoutStep;
import convoy.zoo.loops.LocalResponseNormalizationStep;
import convoy.zoo.loops.OutputStep;
import convoy.zoo.loops.PlainTensor;
import convoy.zoo.loops.RbfStep;
import convoy.zoo.loops.SoftmaxStep;
import convoy.zoo.loops.Step;
import convoy.zoo.loops.SubsamplingStep;
import convoy.zoo.plan.layers.ActivationLayer;
import convoy.zoo.plan.layers.AdditionLayer;
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
import java.util.function.BiFunction;

/** Turns a graph into the layers of a plan and lets each layer write its part of the plan. */
final class Compiler {
  private final Graph graph;
  private final Set<String> frozen;
  private final Assembly assembly;
  private final Map<String, Value> values = new HashMap<>();
  private final List<PlanLayer> layers = new ArrayList<>();
  private final Map<String, OutputLayer> outputs = new HashMap<>();

  /**
   * @param graph everything that runs; for inference this leaves out what only training uses
   * @param frozen layers that training leaves unchanged
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
   * @return the number of lines in the forward pass
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

  /** Returns whether the layer does nothing here. */
  private boolean passes(Graph.Node node) {
    return node.layer()
        .accept(
            new UsualAnswer<>(false) {
              @Override
              public Boolean dropout(Dropout layer) {
                return !assembly.training() || layer.rate() == 0;
              }
            });
  }

  private void forward(Graph.Node node) {
    if (passes(node)) {
      return;
    }

    Value output = values.get(node.name());
    PlanLayer layer = node.layer().accept(new Translation(node, output));
    layer.forward(assembly);
    if (output.differentiable()) {
      layers.add(layer);
    }
  }

  /** Makes the plan's layer for each kind of layer. */
  private final class Translation implements Layer.Visitor<PlanLayer> {
    private final Graph.Node node;
    private final List<Value> inputs;
    private final Value input;
    private final Value output;
    private final String weight;
    private final String bias;

    Translation(Graph.Node node, Value output) {
      this.node = node;
      this.inputs = node.inputs().stream().map(values::get).toList();
      this.input = inputs.get(0);
      this.output = output;
      this.weight = Parameter.weight(node.name());
      this.bias = Parameter.bias(node.name());
    }

    @Override
    public PlanLayer convolution(Convolution layer) {
      Convolutions primitives =
          new Convolutions(
              node.name(),
              layer,
              assembly.type(),
              assembly.dimensions(input),
              assembly.dimensions(output));
      Kernels kernels =
          layer.connections() == null
              ? stored(primitives.kernelDimensions())
              : new ConnectedKernels(
                  weight,
                  assembly.parameters(),
                  layer.connections(),
                  input.shape().channels(),
                  layer.kernel());
      return activated(layer, new ConvolutionLayer(primitives, kernels, input, output));
    }

    @Override
    public PlanLayer fullyConnected(FullyConnected layer) {
      Kernels kernels = stored(output.shape().size(), input.shape().size());
      return activated(layer, new FullyConnectedLayer(layer.activation(), kernels, input, output));
    }

    @Override
    public PlanLayer pooling(Pooling layer) {
      return new PoolingLayer(layer, input, output);
    }

    @Override
    public PlanLayer subsampling(Subsampling layer) {
      Parameters.Stored weights = channels(weight);
      Parameters.Stored biases = channels(bias);
      return loop(
          (from, into) ->
              new SubsamplingStep(layer, from, into, learned(weights), learned(biases)));
    }

    @Override
    public PlanLayer localResponseNormalization(LocalResponseNormalization layer) {
      NormalizationLayer compiled = new NormalizationLayer(layer, input, output);
      return compiled.fits(assembly)
          ? compiled
          : loop((from, into) -> new LocalResponseNormalizationStep(layer, from, into));
    }

    @Override
    public PlanLayer batchNormalization(BatchNormalization layer) {
      BatchNormalizationTensors tensors =
          BatchNormalizationTensors.of(output, assembly.parameters());
      boolean kept = frozen.contains(output.name());
      BatchNormalizationLayer compiled =
          new BatchNormalizationLayer(layer, input, output, tensors, assembly.training() && !kept);
      if (layer.activation() != Activation.SCALED_TANH && compiled.fits()) {
        return compiled;
      }

      return loop(
          (from, into) ->
              new BatchNormalizationStep(
                  layer,
                  from,
                  into,
                  learned(tensors.scale()),
                  learned(tensors.shift()),
                  tensors.running(),
                  kept));
    }

    @Override
    public PlanLayer dropout(Dropout layer) {
      int place = graph.nodes().indexOf(node);
      return loop((from, into) -> new DropoutStep(layer.rate(), place, from, into));
    }

    @Override
    public PlanLayer concatenation(Concatenation layer) {
      return new ConcatenationLayer(inputs, output);
    }

    @Override
    public PlanLayer addition(Addition layer) {
      return activated(layer, new AdditionLayer(layer.activation(), inputs, output));
    }

    @Override
    public PlanLayer softmax(Softmax layer) {
      double loss = weight(node);
      return classifier((from, into) -> new SoftmaxStep(from, into, loss));
    }

    @Override
    public PlanLayer rbf(Rbf layer) {
      return classifier((from, into) -> new RbfStep(layer, from, into));
    }

    private PlanLayer activated(Layer layer, PlanLayer compiled) {
      return layer.activation() == Activation.SCALED_TANH
          ? new ActivationLayer(layer.activation(), compiled, output)
          : compiled;
    }

    private Kernels stored(long... dimensions) {
      boolean converted = assembly.type() != OneDnn.FLOAT;
      return new StoredKernels(weight, assembly.parameters(), converted, dimensions);
    }

    /** Returns a tensor that has one value for each channel. */
    private Parameters.Stored channels(String tensor) {
      int channels = output.shape().channels();
      return assembly.parameters().tensor(tensor, OneDnn.plain(channels), channels);
    }

    private PlanLayer loop(BiFunction<PlainTensor, PlainTensor, Step> maker) {
      return new LoopLayer(maker, input, output);
    }

    private PlanLayer classifier(BiFunction<PlainTensor, PlainTensor, OutputStep> maker) {
      OutputLayer layer = new OutputLayer(maker, input, output);
      outputs.put(output.name(), layer);
      return layer;
    }
  }

  private static ChannelValues learned(Parameters.Stored tensor) {
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
}
