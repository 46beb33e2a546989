package convoy.zoo.networks;

import static convoy.zoo.graph.Activation.NONE;
import static convoy.zoo.graph.Activation.RELU;
import static convoy.zoo.graph.Window.kernel;

import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Initializer;
import convoy.zoo.graph.Shape;
import convoy.zoo.graph.Weights;

/**
 * LeNet as Caffe's MNIST example builds it (Jia et al. 2014, examples/mnist): wider than LeNet-5,
 * with max pooling, softmax and a single ReLU, after ip1. It has 431,080 parameters with one
 * channel and ten classes at 28 px.
 *
 * <p>Caffe's example draws weights between plus and minus sqrt(3 / inputs). Glorot's range, used
 * here, also counts the outputs.
 *
 * <p>The network is made for small pictures: its small form is the same network.
 */
public final class LeNetCaffe extends PaperNetwork {
  public LeNetCaffe() {
    super(
        "lenet-caffe",
        "LeCun et al. 1998, as in Caffe's MNIST example (Jia et al. 2014)",
        2014,
        "none: not the paper's network",
        new Shape(1, 28, 28),
        10);
  }

  @Override
  public Graph graph(Options options) {
    Choices.noDropout(name(), options);
    Weights weights = Choices.weights(options, Weights.of(new Initializer.Glorot()));
    return build(
        options,
        net -> {
          net.convolution("conv1", 20, kernel(5), weights, NONE);
          // 20 x 24 x 24
          net.maxPooling("pool1", kernel(2).stride(2).ceil());
          // 20 x 12 x 12
          net.convolution("conv2", 50, kernel(5), weights, NONE);
          // 50 x 8 x 8
          net.maxPooling("pool2", kernel(2).stride(2).ceil());
          // 50 x 4 x 4
          net.fullyConnected("ip1", 500, weights, RELU);
          net.fullyConnected("ip2", options.classes(), weights, NONE);
          net.softmax("softmax");
        });
  }
}
