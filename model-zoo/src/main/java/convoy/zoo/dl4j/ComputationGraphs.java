package convoy.zoo.dl4j;

import convoy.zoo.graph.Activation;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Layer;
import convoy.zoo.natives.Nd4jRuntime;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * A graph as DL4J's own network of DL4J's own layers: for its Spark strategy, as a reference and to
 * measure against. {@link Dl4jTensors} moves parameters between the two.
 */
public final class ComputationGraphs {
  private ComputationGraphs() {}

  /** What of the graph DL4J has no layer for, one line each; empty when it can be translated. */
  public static List<String> problems(Graph graph) {
    List<String> problems = new ArrayList<>();
    if (!graph.heads().isEmpty()) {
      problems.add(graph.name() + " has auxiliary classifiers, which are not translated");
    }

    for (Graph.Node node : graph.nodes()) {
      String problem = problem(graph, node);
      if (problem != null) {
        problems.add("layer " + node.name() + " of " + graph.name() + ": DL4J has no " + problem);
      }
    }

    return problems;
  }

  private static String problem(Graph graph, Graph.Node node) {
    Layer layer = node.layer();
    if (layer instanceof Layer.Convolution convolution) {
      return convolution.connections() != null
          ? "convolution with a connection table"
          : activationProblem(convolution.activation());
    } else if (layer instanceof Layer.FullyConnected dense) {
      return activationProblem(dense.activation());
    } else if (layer instanceof Layer.Pooling pooling) {
      return pooling.ceil() ? "pooling window that hangs over the edge" : null;
    } else if (layer instanceof Layer.Softmax) {
      return node.equals(graph.output()) ? null : "softmax inside a network";
    } else if (layer instanceof Layer.BatchNormalization) {
      return "batch normalization that averages as the zoo's";
    } else if (layer instanceof Layer.Subsampling || layer instanceof Layer.Rbf) {
      return layer.kind() + " layer";
    }

    return null;
  }

  private static String activationProblem(Activation activation) {
    return activation == Activation.SCALED_TANH ? "scaled tanh" : null;
  }

  /**
   * DL4J's network; its parameters start at zero.
   *
   * @param rule the update rule, or null for none
   * @param seed of dropout
   * @throws IllegalArgumentException when there are {@link #problems}
   */
  public static ComputationGraph of(Graph graph, SgdRule rule, long seed) {
    List<String> problems = problems(graph);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }

    Nd4jRuntime.load();
    ComputationGraph network = new ComputationGraph(configuration(graph, rule, seed));
    network.init();
    network.params().assign(0);
    return network;
  }

  private static ComputationGraphConfiguration configuration(Graph graph, SgdRule rule, long seed) {
    NeuralNetConfiguration.Builder network =
        new NeuralNetConfiguration.Builder().seed(seed).cacheMode(CacheMode.NONE);
    if (rule != null) {
      rule.configure(network);
    }

    ComputationGraphConfiguration.GraphBuilder builder =
        network
            .graphBuilder()
            .addInputs(Graph.INPUT)
            .setOutputs(graph.output().name())
            .setInputTypes(
                InputType.convolutional(
                    graph.input().height(), graph.input().width(), graph.input().channels()));
    for (Graph.Node node : graph.nodes()) {
      add(builder, graph, node);
    }

    return builder.build();
  }

  private static void add(
      ComputationGraphConfiguration.GraphBuilder builder, Graph graph, Graph.Node node) {
    String[] inputs = node.inputs().toArray(String[]::new);
    Layer layer = node.layer();
    if (layer instanceof Layer.Convolution convolution && convolution.groups() > 1) {
      addGroups(builder, graph, node, convolution);
    } else if (layer instanceof Layer.Concatenation) {
      builder.addVertex(node.name(), new MergeVertex(), inputs);
    } else {
      builder.addLayer(node.name(), layer(layer), inputs);
    }
  }

  private static void addGroups(
      ComputationGraphConfiguration.GraphBuilder builder,
      Graph graph,
      Graph.Node node,
      Layer.Convolution layer) {
    String input = node.inputs().get(0);
    int channels = channels(graph, input) / layer.groups();
    String[] groups = new String[layer.groups()];
    for (int group = 0; group < groups.length; group++) {
      groups[group] = groupName(node.name(), group);
      String seen = groups[group] + "-input";
      builder.addVertex(
          seen, new ChannelSubset(group * channels, (group + 1) * channels - 1), input);
      builder.addLayer(
          groups[group], convolution(layer, layer.outputChannels() / groups.length), seen);
    }

    builder.addVertex(node.name(), new MergeVertex(), groups);
  }

  /** DL4J has no grouped convolution: each group is a layer of its own. */
  static String groupName(String layer, int group) {
    return layer + "-group" + group;
  }

  private static int channels(Graph graph, String name) {
    return graph.nodes().stream()
        .filter(node -> node.name().equals(name))
        .map(node -> node.output().channels())
        .findFirst()
        .orElse(graph.input().channels());
  }

  private static org.deeplearning4j.nn.conf.layers.Layer layer(Layer layer) {
    if (layer instanceof Layer.Convolution convolution) {
      return convolution(convolution, convolution.outputChannels());
    } else if (layer instanceof Layer.Pooling pooling) {
      return new SubsamplingLayer.Builder(
              pooling.mode() == Layer.Pooling.Mode.MAX
                  ? SubsamplingLayer.PoolingType.MAX
                  : SubsamplingLayer.PoolingType.AVG)
          .kernelSize(pooling.kernel(), pooling.kernel())
          .stride(pooling.stride(), pooling.stride())
          .padding(pooling.padding(), pooling.padding())
          .convolutionMode(ConvolutionMode.Truncate)
          .build();
    } else if (layer instanceof Layer.LocalResponseNormalization normalization) {
      return DefinedNormalization.of(normalization);
    } else if (layer instanceof Layer.FullyConnected dense) {
      return new DenseLayer.Builder()
          .nOut(dense.outputs())
          .activation(activation(dense.activation()))
          .build();
    } else if (layer instanceof Layer.Dropout dropout) {
      // DL4J names the probability to keep a value; 0 means no dropout at all.
      return new DropoutLayer.Builder(1 - dropout.rate()).build();
    } else if (layer instanceof Layer.Softmax) {
      return new LossLayer.Builder(LossFunctions.LossFunction.MCXENT)
          .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
          .build();
    }

    throw new IllegalArgumentException("DL4J has no " + layer.kind());
  }

  private static ConvolutionLayer convolution(Layer.Convolution layer, int outputs) {
    return new ConvolutionLayer.Builder(layer.kernel(), layer.kernel())
        .stride(layer.stride(), layer.stride())
        .padding(layer.padding(), layer.padding())
        .convolutionMode(ConvolutionMode.Truncate)
        .nOut(outputs)
        .activation(activation(layer.activation()))
        .build();
  }

  private static org.nd4j.linalg.activations.Activation activation(Activation activation) {
    return activation == Activation.RELU
        ? org.nd4j.linalg.activations.Activation.RELU
        : org.nd4j.linalg.activations.Activation.IDENTITY;
  }
}
