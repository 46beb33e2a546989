package convoy.zoo.dl4j;

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
import convoy.zoo.graph.Pooling;
import convoy.zoo.graph.Rbf;
import convoy.zoo.graph.Softmax;
import convoy.zoo.graph.Subsampling;
import convoy.zoo.natives.Nd4jRuntime;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * Translates a graph into DL4J's own network with DL4J's own layers. DL4J's Spark strategy trains
 * this network, and tests and benchmarks compare with it. {@link Dl4jTensors} copies parameters
 * between the two.
 */
public final class ComputationGraphs {
  private ComputationGraphs() {}

  /**
   * Lists what DL4J has no layer for, one line each. The list is empty when the graph can be
   * translated.
   */
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
    return node.layer().accept(new Gap(node, node.equals(graph.output())));
  }

  /**
   * Builds DL4J's network. Its parameters start at zero.
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
      node.layer().accept(new Translation(builder, graph, node));
    }

    return builder.build();
  }

  /** Adds each kind of layer to DL4J's builder. Each method returns that builder. */
  private record Translation(
      ComputationGraphConfiguration.GraphBuilder builder, Graph graph, Graph.Node node)
      implements Layer.Visitor<ComputationGraphConfiguration.GraphBuilder> {

    @Override
    public ComputationGraphConfiguration.GraphBuilder convolution(Convolution layer) {
      return layer.groups() > 1
          ? groups(layer)
          : add(ComputationGraphs.convolution(layer, layer.outputChannels()));
    }

    private ComputationGraphConfiguration.GraphBuilder groups(Convolution layer) {
      String input = node.inputs().get(0);
      int channels = channels(graph, input) / layer.groups();
      String[] groups = new String[layer.groups()];
      for (int group = 0; group < groups.length; group++) {
        groups[group] = groupName(node.name(), group);
        String seen = groups[group] + "-input";
        builder.addVertex(
            seen, new ChannelSubset(group * channels, (group + 1) * channels - 1), input);
        builder.addLayer(
            groups[group],
            ComputationGraphs.convolution(layer, layer.outputChannels() / groups.length),
            seen);
      }

      return builder.addVertex(node.name(), new MergeVertex(), groups);
    }

    @Override
    public ComputationGraphConfiguration.GraphBuilder fullyConnected(FullyConnected layer) {
      return add(
          new DenseLayer.Builder()
              .nOut(layer.outputs())
              .activation(activation(layer.activation()))
              .build());
    }

    @Override
    public ComputationGraphConfiguration.GraphBuilder pooling(Pooling layer) {
      return add(
          new SubsamplingLayer.Builder(
                  layer.mode() == Pooling.Mode.MAX
                      ? SubsamplingLayer.PoolingType.MAX
                      : SubsamplingLayer.PoolingType.AVG)
              .kernelSize(layer.kernel(), layer.kernel())
              .stride(layer.stride(), layer.stride())
              .padding(layer.padding(), layer.padding())
              .convolutionMode(ConvolutionMode.Truncate)
              .build());
    }

    @Override
    public ComputationGraphConfiguration.GraphBuilder subsampling(Subsampling layer) {
      throw unknown(layer);
    }

    @Override
    public ComputationGraphConfiguration.GraphBuilder localResponseNormalization(
        LocalResponseNormalization layer) {
      return add(DefinedNormalization.of(layer));
    }

    @Override
    public ComputationGraphConfiguration.GraphBuilder batchNormalization(BatchNormalization layer) {
      throw unknown(layer);
    }

    @Override
    public ComputationGraphConfiguration.GraphBuilder dropout(Dropout layer) {
      // DL4J takes the probability of keeping a value; 0 means no dropout at all.
      return add(new DropoutLayer.Builder(1 - layer.rate()).build());
    }

    @Override
    public ComputationGraphConfiguration.GraphBuilder concatenation(Concatenation layer) {
      return builder.addVertex(
          node.name(), new MergeVertex(), node.inputs().toArray(String[]::new));
    }

    /** DL4J's vertex only adds, so the activation becomes a layer of its own. */
    @Override
    public ComputationGraphConfiguration.GraphBuilder addition(Addition layer) {
      String sum = node.name() + "-sum";
      return builder
          .addVertex(
              sum,
              new ElementWiseVertex(ElementWiseVertex.Op.Add),
              node.inputs().toArray(String[]::new))
          .addLayer(
              node.name(),
              new ActivationLayer.Builder().activation(activation(layer.activation())).build(),
              sum);
    }

    @Override
    public ComputationGraphConfiguration.GraphBuilder softmax(Softmax layer) {
      return add(
          new LossLayer.Builder(LossFunctions.LossFunction.MCXENT)
              .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
              .build());
    }

    @Override
    public ComputationGraphConfiguration.GraphBuilder rbf(Rbf layer) {
      throw unknown(layer);
    }

    private ComputationGraphConfiguration.GraphBuilder add(
        org.deeplearning4j.nn.conf.layers.Layer layer) {
      return builder.addLayer(node.name(), layer, node.inputs().toArray(String[]::new));
    }

    private static IllegalStateException unknown(Layer layer) {
      return new IllegalStateException("DL4J has no " + layer.kind() + ": see problems()");
    }
  }

  /** DL4J has no grouped convolution, so each group becomes a layer of its own. */
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

  private static ConvolutionLayer convolution(Convolution layer, int outputs) {
    return new ConvolutionLayer.Builder(layer.kernel(), layer.kernel())
        .stride(layer.stride(), layer.stride())
        .padding(layer.padding(), layer.padding())
        .convolutionMode(ConvolutionMode.Truncate)
        .nOut(outputs)
        .hasBias(layer.hasBias())
        .activation(activation(layer.activation()))
        .build();
  }

  private static org.nd4j.linalg.activations.Activation activation(Activation activation) {
    return activation == Activation.RELU
        ? org.nd4j.linalg.activations.Activation.RELU
        : org.nd4j.linalg.activations.Activation.IDENTITY;
  }
}
