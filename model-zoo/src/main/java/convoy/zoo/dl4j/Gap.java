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
import java.util.Set;

/** Names what DL4J lacks to translate a layer. The answer is null where it lacks nothing. */
record Gap(Graph.Node node, boolean output) implements Layer.Visitor<String> {
  @Override
  public String convolution(Convolution layer) {
    return layer.connections() != null ? "convolution with a connection table" : activation(layer);
  }

  @Override
  public String fullyConnected(FullyConnected layer) {
    return activation(layer);
  }

  @Override
  public String pooling(Pooling layer) {
    return layer.ceil() ? "pooling window that hangs over the edge" : null;
  }

  @Override
  public String subsampling(Subsampling layer) {
    return "subsampling layer";
  }

  @Override
  public String localResponseNormalization(LocalResponseNormalization layer) {
    return null;
  }

  @Override
  public String batchNormalization(BatchNormalization layer) {
    return "batch normalization that averages as the zoo's";
  }

  @Override
  public String dropout(Dropout layer) {
    return null;
  }

  @Override
  public String concatenation(Concatenation layer) {
    return null;
  }

  @Override
  public String addition(Addition layer) {
    return Set.copyOf(node.inputs()).size() < node.inputs().size()
        ? "addition of a layer to itself"
        : activation(layer);
  }

  @Override
  public String softmax(Softmax layer) {
    return output ? null : "softmax inside a network";
  }

  @Override
  public String rbf(Rbf layer) {
    return "rbf layer";
  }

  private static String activation(Layer layer) {
    return layer.activation() == Activation.SCALED_TANH ? "scaled tanh" : null;
  }
}
