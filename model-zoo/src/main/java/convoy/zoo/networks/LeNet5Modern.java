package convoy.zoo.networks;

import static convoy.zoo.graph.Activation.NONE;
import static convoy.zoo.graph.Activation.RELU;
import static convoy.zoo.graph.Window.kernel;

import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Initializer;
import convoy.zoo.graph.Shape;
import convoy.zoo.graph.Weights;

/**
 * LeNet-5 as it is built today: with ReLU, max pooling, fully connected maps and softmax. It has
 * 61,706 parameters with one channel and ten classes, at 28 or 32 px.
 *
 * <p>conv1 pads pictures under 32 px by 2 on each side. With larger pictures, fc3 reads all places
 * of pool2. Weights start as He et al. 2015 derive for ReLU.
 *
 * <p>The network is made for small pictures: its small form is the same network.
 */
public final class LeNet5Modern extends PaperNetwork {
  public LeNet5Modern() {
    super(
        "lenet5-modern",
        "LeCun et al. 1998, with ReLU, max pooling and softmax",
        1998,
        "none: not the paper's network",
        new Shape(1, 28, 28),
        10);
  }

  @Override
  public Graph graph(Options options) {
    Choices.noDropout(name(), options);
    Weights weights = Choices.weights(options, Weights.of(new Initializer.He()));
    return build(
        options,
        net -> {
          int padding = net.input().width() < 32 ? 2 : 0;
          net.convolution("conv1", 6, kernel(5).padding(padding), weights, RELU);
          // 6 x 28 x 28
          net.maxPooling("pool1", kernel(2).stride(2));
          // 6 x 14 x 14
          net.convolution("conv2", 16, kernel(5), weights, RELU);
          // 16 x 10 x 10
          net.maxPooling("pool2", kernel(2).stride(2));
          // 16 x 5 x 5
          net.fullyConnected("fc3", 120, weights, RELU);
          net.fullyConnected("fc4", 84, weights, RELU);
          net.fullyConnected("fc5", options.classes(), weights, NONE);
          net.softmax("softmax");
        });
  }
}
