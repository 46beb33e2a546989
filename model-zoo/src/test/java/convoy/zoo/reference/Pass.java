package convoy.zoo.reference;

import convoy.zoo.graph.Activation;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Layer;
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
      Tensor input = tensors.get(node.inputs().get(0));
      if (node.layer() instanceof Layer.Softmax || node.layer() instanceof Layer.Rbf) {
        outputs.put(node.name(), new Output(node.layer(), input, graph.classes()));
      } else if (node.layer() instanceof Layer.Dropout) {
        tensors.put(node.name(), input);
      } else {
        Tensor output = Tensor.zeros(batch, node.output());
        tensors.put(node.name(), output);
        layer(node, input, output);
      }
    }
  }

  private void layer(Graph.Node node, Tensor input, Tensor output) {
    Layer layer = node.layer();
    if (layer instanceof Layer.Convolution convolution) {
      run(new Convolution(convolution, input, output, weight(node), bias(node)));
      activate(convolution.activation(), node, output);
    } else if (layer instanceof Layer.FullyConnected dense) {
      run(new FullyConnected(input, output, weight(node), bias(node)));
      activate(dense.activation(), node, output);
    } else if (layer instanceof Layer.Subsampling subsampling) {
      run(new Subsampling(subsampling.kernel(), input, output, weight(node), bias(node)));
      activate(subsampling.activation(), node, output);
    } else if (layer instanceof Layer.BatchNormalization normalization) {
      normalize(node, normalization, input, output);
      activate(normalization.activation(), node, output);
    } else if (layer instanceof Layer.LocalResponseNormalization normalization) {
      run(new LocalResponseNormalization(normalization, input, output));
    } else if (layer instanceof Layer.Pooling pooling) {
      run(new Pooling(pooling, input, output, replayed.get(node.inputs().get(0))));
    } else if (layer instanceof Layer.Concatenation) {
      run(new Concatenation(node.inputs().stream().map(tensors::get).toList(), output));
    } else {
      throw new IllegalArgumentException("no reference for " + layer.kind());
    }
  }

  private void normalize(
      Graph.Node node, Layer.BatchNormalization layer, Tensor input, Tensor output) {
    boolean ofMinibatch = training && !frozen.contains(node.name());
    BatchNormalization.Tensors named =
        new BatchNormalization.Tensors(
            weight(node),
            bias(node),
            parameters.apply(node.name() + ".running_mean"),
            parameters.apply(node.name() + ".running_var"));
    BatchNormalization normalization =
        new BatchNormalization(layer, ofMinibatch, input, output, named);
    run(normalization);
    if (ofMinibatch) {
      statistics.put(node.name() + ".running_mean", normalization.movedMean());
      statistics.put(node.name() + ".running_var", normalization.movedVariance());
    }
  }

  private void activate(Activation activation, Graph.Node node, Tensor output) {
    if (activation != Activation.NONE) {
      run(new Nonlinearity(activation, output, replayed.get(node.name())));
    }
  }

  private void run(Computation computation) {
    computation.forward();
    computations.add(computation);
  }

  private Values weight(Graph.Node node) {
    return parameters.apply(node.name() + ".weight");
  }

  private Values bias(Graph.Node node) {
    return parameters.apply(node.name() + ".bias");
  }

  /** Leaves the gradient of the mean loss, auxiliary classifiers' weighted losses included. */
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

  /** The running statistics by tensor name, after this pass. */
  Map<String, double[]> statistics() {
    return statistics;
  }
}
