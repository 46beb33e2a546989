package convoy.zoo.reference;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** One minibatch on its way through the graph. */
final class Pass {
  private final Graph graph;
  private final Function<String, Values> parameters;
  private final boolean training;
  private final Set<String> frozen;
  private final Map<String, float[]> replayed;
  private final Map<String, Tensor> tensors = new HashMap<>();
  private final List<Computation> computations = new ArrayList<>();
  private final Map<String, Output> outputs = new HashMap<>();
  private final Map<String, double[]> statistics = new HashMap<>();

  Pass(
      Graph graph,
      Function<String, Values> parameters,
      boolean training,
      Set<String> frozen,
      Map<String, float[]> replayed) {
    this.graph = graph;
    this.parameters = parameters;
    this.training = training;
    this.frozen = frozen;
    this.replayed = replayed;
  }

  void forward(double[] pictures) {
    int batch = pictures.length / graph.input().size();
    tensors.put(
        Graph.INPUT, new Tensor(batch, graph.input(), pictures, new double[pictures.length]));
    for (Graph.Node node : graph.nodes()) {
      node.layer().accept(new Loops(node, batch));
    }
  }

  /** Runs each kind of layer. */
  private final class Loops implements Layer.Visitor<Void> {
    private final Graph.Node node;
    private final List<Tensor> inputs;
    private final Tensor input;
    private final int batch;

    Loops(Graph.Node node, int batch) {
      this.node = node;
      this.inputs = node.inputs().stream().map(tensors::get).toList();
      this.input = inputs.get(0);
      this.batch = batch;
    }

    @Override
    public Void convolution(Convolution layer) {
      Tensor output = output();
      return activated(
          layer,
          new ConvolutionLoops(layer, input, output, weight(), layer.hasBias() ? bias() : null),
          output);
    }

    @Override
    public Void fullyConnected(FullyConnected layer) {
      Tensor output = output();
      return activated(layer, new FullyConnectedLoops(input, output, weight(), bias()), output);
    }

    @Override
    public Void pooling(Pooling layer) {
      return run(new PoolingLoops(layer, input, output(), replayed.get(node.inputs().get(0))));
    }

    @Override
    public Void subsampling(Subsampling layer) {
      Tensor output = output();
      return activated(
          layer, new SubsamplingLoops(layer.kernel(), input, output, weight(), bias()), output);
    }

    @Override
    public Void localResponseNormalization(LocalResponseNormalization layer) {
      return run(new LocalResponseNormalizationLoops(layer, input, output()));
    }

    @Override
    public Void batchNormalization(BatchNormalization layer) {
      boolean ofMinibatch = training && !frozen.contains(node.name());
      String mean = Parameter.runningMean(node.name());
      String variance = Parameter.runningVariance(node.name());
      Tensor output = output();
      BatchNormalizationLoops normalization =
          new BatchNormalizationLoops(
              layer,
              ofMinibatch,
              input,
              output,
              new BatchNormalizationLoops.Tensors(
                  weight(), bias(), parameters.apply(mean), parameters.apply(variance)));
      activated(layer, normalization, output);
      if (ofMinibatch) {
        statistics.put(mean, normalization.movedMean());
        statistics.put(variance, normalization.movedVariance());
      }

      return null;
    }

    @Override
    public Void dropout(Dropout layer) {
      tensors.put(node.name(), input);
      return null;
    }

    @Override
    public Void concatenation(Concatenation layer) {
      return run(new ConcatenationLoops(inputs, output()));
    }

    @Override
    public Void addition(Addition layer) {
      Tensor output = output();
      return activated(layer, new AdditionLoops(inputs, output), output);
    }

    @Override
    public Void softmax(Softmax layer) {
      outputs.put(node.name(), new Output(null, input, graph.classes()));
      return null;
    }

    @Override
    public Void rbf(Rbf layer) {
      outputs.put(node.name(), new Output(layer, input, graph.classes()));
      return null;
    }

    private Tensor output() {
      Tensor output = Tensor.zeros(batch, node.output());
      tensors.put(node.name(), output);
      return output;
    }

    private Values weight() {
      return parameters.apply(Parameter.weight(node.name()));
    }

    private Values bias() {
      return parameters.apply(Parameter.bias(node.name()));
    }

    private Void activated(Layer layer, Computation sum, Tensor output) {
      run(sum);
      return layer.activation() == Activation.NONE
          ? null
          : run(new Nonlinearity(layer.activation(), output, replayed.get(node.name())));
    }

    private Void run(Computation computation) {
      computation.forward();
      computations.add(computation);
      return null;
    }
  }

  /**
   * Leaves the gradient of the mean loss, including the weighted losses of auxiliary classifiers.
   */
  void backward(int[] labels) {
    output().backward(labels, 1.0 / labels.length);
    for (Graph.Head head : graph.heads()) {
      outputs.get(head.output()).backward(labels, head.weight() / labels.length);
    }

    for (int i = computations.size() - 1; i >= 0; i--) {
      computations.get(i).backward();
    }
  }

  Output output() {
    return outputs.get(graph.output().name());
  }

  Output output(Graph.Head head) {
    return outputs.get(head.output());
  }

  /** Returns the running statistics after this pass, by tensor name. */
  Map<String, double[]> statistics() {
    return statistics;
  }
}
