package convoy.zoo.networks;

import static convoy.zoo.graph.Activation.NONE;
import static convoy.zoo.graph.Activation.RELU;
import static convoy.zoo.graph.Window.kernel;

import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Initializer;
import convoy.zoo.graph.Shape;
import convoy.zoo.graph.Weights;
import convoy.zoo.graph.Window;

/**
 * CaffeNet (Jia et al. 2014), the variant of AlexNet to which most published weights of its time
 * belong. It pools before it normalizes and takes 227 px without padding. It uses Caffe's
 * normalization with k = 1 and an alpha of 1e-4 divided by the 5 channels. It has 60,965,224
 * parameters with 1,000 classes.
 *
 * <p>The small form only changes conv1, see {@link Choices#firstWindow}.
 */
public final class CaffeNet extends PaperNetwork {
  public CaffeNet() {
    super(
        "caffenet",
        "Jia et al. 2014, Caffe: convolutional architecture for fast feature embedding",
        2014,
        "top-5 19.6 %, one crop",
        new Shape(3, 227, 227),
        1000);
  }

  @Override
  public Graph graph(Options options) {
    Weights zero = Choices.weights(options, new Weights(new Initializer.Gaussian(0.01), 0));
    Weights one = Choices.weights(options, new Weights(new Initializer.Gaussian(0.01), 1));
    Weights dense = Choices.weights(options, new Weights(new Initializer.Gaussian(0.005), 1));
    double dropout = Choices.dropout(options, 0.5);
    Window first = Choices.firstWindow(options, kernel(11).stride(4));
    return build(
        options,
        net -> {
          net.convolution("conv1", 96, first, zero, RELU);
          // 96 x 55 x 55
          net.maxPooling("pool1", kernel(3).stride(2).ceil());
          net.localResponseNormalization("norm1", 5, 1, 1e-4 / 5, 0.75);
          // 96 x 27 x 27
          net.groupedConvolution("conv2", 2, 256, kernel(5).padding(2), one, RELU);
          // 256 x 27 x 27
          net.maxPooling("pool2", kernel(3).stride(2).ceil());
          net.localResponseNormalization("norm2", 5, 1, 1e-4 / 5, 0.75);
          // 256 x 13 x 13
          net.convolution("conv3", 384, kernel(3).padding(1), zero, RELU);
          // 384 x 13 x 13
          net.groupedConvolution("conv4", 2, 384, kernel(3).padding(1), one, RELU);
          // 384 x 13 x 13
          net.groupedConvolution("conv5", 2, 256, kernel(3).padding(1), one, RELU);
          // 256 x 13 x 13
          net.maxPooling("pool5", kernel(3).stride(2).ceil());
          // 256 x 6 x 6
          net.fullyConnected("fc6", 4096, dense, RELU);
          net.dropout("drop6", dropout);
          net.fullyConnected("fc7", 4096, dense, RELU);
          net.dropout("drop7", dropout);
          net.fullyConnected("fc8", options.classes(), zero, NONE);
          net.softmax("softmax");
        });
  }
}
