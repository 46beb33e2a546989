package convoy.zoo.nd4j;

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
import convoy.zoo.loops.BatchNormalizationStep;
import convoy.zoo.loops.DropoutStep;
import convoy.zoo.loops.LocalResponseNormalizationStep;
import convoy.zoo.loops.OutputStep;
import convoy.zoo.loops.RbfStep;
import convoy.zoo.loops.RunningStatistics;
import convoy.zoo.loops.SoftmaxStep;
import convoy.zoo.loops.Step;
import convoy.zoo.loops.SubsamplingStep;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A graph as a list of steps over tensors. The forward pass runs them in order, the backward pass
 * in reverse.
 */
final class Steps implements AutoCloseable {
  private final Tensor input;
  private final Tensor output;
  private final OutputStep last;
  private final List<OutputStep> heads = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Step> inference = new ArrayList<>();
  private final List<Step> learning = new ArrayList<>();
  private final List<Tensor> tensors = new ArrayList<>();
  private final Map<String, Tensor> byName = new HashMap<>();

  Steps(Graph graph, ParameterBlock parameters, int batch) {
    this.input = new Tensor(graph.input(), batch, false);
    tensors.add(input);
    byName.put(Graph.INPUT, input);
    Set<String> used =
        graph.inference().nodes().stream().map(Graph.Node::name).collect(Collectors.toSet());
    Map<String, Double> weights =
        graph.heads().stream().collect(Collectors.toMap(Graph.Head::output, Graph.Head::weight));
    OutputStep probabilities = null;
    for (Graph.Node node : graph.nodes()) {
      List<Tensor> inputs = node.inputs().stream().map(byName::get).toList();
      boolean learns =
          (!node.parameters().isEmpty() && parameters.learns(node.name()))
              || inputs.stream().anyMatch(Tensor::differentiable);
      Tensor out = new Tensor(node.output(), batch, learns);
      tensors.add(out);
      byName.put(node.name(), out);
      double weight = weights.getOrDefault(node.name(), 1.0);
      Step step =
          node.layer().accept(new Translation(node, inputs, out, parameters, batch, weight));
      probabilities = step instanceof OutputStep outputStep ? outputStep : null;
      if (weights.containsKey(node.name())) {
        heads.add((OutputStep) step);
      }

      for (String name : new LinkedHashSet<>(node.inputs())) {
        if (byName.get(name).differentiable() && goesFurther(graph, name, node)) {
          step = new SharedInputStep(step, byName.get(name), batch);
        }
      }

      steps.add(step);
      if (learns) {
        learning.add(step);
      }

      if (used.contains(node.name())) {
        inference.add(step);
      }
    }

    if (probabilities == null) {
      throw new IllegalArgumentException(
          graph.name() + " ends in " + graph.output().name() + ", which gives no probabilities");
    }

    this.last = probabilities;
    this.output = byName.get(graph.output().name());
  }

  private static boolean goesFurther(Graph graph, String name, Graph.Node node) {
    return graph.nodes().stream()
        .skip(graph.nodes().indexOf(node) + 1L)
        .anyMatch(later -> later.inputs().contains(name));
  }

  /** Makes a step for each kind of layer. */
  private final class Translation implements Layer.Visitor<Step> {
    private final String name;
    private final List<Tensor> inputs;
    private final Tensor in;
    private final Tensor out;
    private final ParameterBlock parameters;
    private final int batch;
    private final double weight;

    Translation(
        Graph.Node node,
        List<Tensor> inputs,
        Tensor out,
        ParameterBlock parameters,
        int batch,
        double weight) {
      this.name = node.name();
      this.inputs = inputs;
      this.in = inputs.get(0);
      this.out = out;
      this.parameters = parameters;
      this.batch = batch;
      this.weight = weight;
    }

    @Override
    public Step convolution(Convolution layer) {
      if (layer.connections() != null) {
        return new TableConvolutionStep(name, layer, in, out, parameters, batch);
      } else if (layer.groups() > 1) {
        return new GroupedConvolutionStep(name, layer, in, out, parameters, batch);
      }

      return new ConvolutionStep(layer, in, out, Kernel.of(name, parameters, 1, 0), batch);
    }

    @Override
    public Step fullyConnected(FullyConnected layer) {
      return new FullyConnectedStep(name, layer.activation(), in, out, parameters, batch);
    }

    @Override
    public Step pooling(Pooling layer) {
      return MaxPoolingStep.fits(layer)
          ? new MaxPoolingStep(layer, in, out)
          : new PoolingStep(layer, in, out, batch);
    }

    @Override
    public Step subsampling(Subsampling layer) {
      return new SubsamplingStep(
          layer,
          in,
          out,
          parameters.channels(Parameter.weight(name)),
          parameters.channels(Parameter.bias(name)));
    }

    @Override
    public Step localResponseNormalization(LocalResponseNormalization layer) {
      return new LocalResponseNormalizationStep(layer, in, out);
    }

    @Override
    public Step batchNormalization(BatchNormalization layer) {
      return new BatchNormalizationStep(
          layer,
          in,
          out,
          parameters.channels(Parameter.weight(name)),
          parameters.channels(Parameter.bias(name)),
          new RunningStatistics(
              parameters.valuesOf(Parameter.runningMean(name)),
              parameters.valuesOf(Parameter.runningVariance(name))),
          !parameters.learns(name));
    }

    @Override
    public Step dropout(Dropout layer) {
      return new DropoutStep(layer.rate(), steps.size(), in, out);
    }

    @Override
    public Step concatenation(Concatenation layer) {
      return new ConcatenationStep(inputs, out);
    }

    @Override
    public Step addition(Addition layer) {
      return new AdditionStep(layer.activation(), inputs, out);
    }

    @Override
    public Step softmax(Softmax layer) {
      return new SoftmaxStep(in, out, weight);
    }

    @Override
    public Step rbf(Rbf layer) {
      return new RbfStep(layer, in, out);
    }
  }

  /** Returns the output of the layer with this name. */
  Tensor tensor(String layer) {
    if (!byName.containsKey(layer)) {
      throw new IllegalArgumentException("no layer is called '" + layer + "'");
    }

    return byName.get(layer);
  }

  /**
   * Returns the number of steps in a backward pass: those of layers that learn and of all layers
   * after them.
   */
  int backwardSteps() {
    return learning.size();
  }

  /** Returns the probabilities of {@code size} pictures in a buffer that the engine owns. */
  FloatBuffer forward(FloatBuffer images, int size, Step.Mode mode) {
    input.values().put(0, images, 0, size * input.shape().size());
    (mode.training() ? steps : inference).forEach(step -> step.forward(size, mode));
    return output.values();
  }

  /**
   * Runs after a forward pass and returns the sum of the losses at the output. The gradient of the
   * mean loss, including auxiliary heads, is then in the parameters' gradient.
   */
  double backward(int[] labels, int size) {
    double loss = last.loss(labels, size);
    heads.forEach(head -> head.loss(labels, size));
    for (int i = learning.size() - 1; i >= 0; i--) {
      learning.get(i).backward(size);
    }

    return loss;
  }

  @Override
  public void close() {
    steps.forEach(Step::close);
    tensors.forEach(Tensor::close);
  }
}
