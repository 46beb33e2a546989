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
 * AlexNet with Caffe's arithmetic (Krizhevsky et al. 2012, as bvlc_alexnet in Jia et al. 2014). Its
 * layers have the names, shapes and order of {@link AlexNet}, and weights of one fit the other. It
 * differs in the normalization, which has k = 1 and divides alpha by the 5 channels, and in conv1,
 * which takes 227 px without padding. It has 60,965,224 parameters with 1,000 classes.
 *
 * <p>Start values are those of bvlc_alexnet, with biases of 0.1 where the paper has 1.
 *
 * <p>The small form only changes conv1, see {@link Choices#firstWindow}.
 */
public final class AlexNetCaffe extends PaperNetwork {
  public AlexNetCaffe() {
    super(
        "alexnet-caffe",
        "Krizhevsky et al. 2012, with the normalization of Caffe's bvlc_alexnet",
        2012,
        "top-5 19.8 %, one crop",
        new Shape(3, 227, 227),
        1000);
  }

  @Override
  public Graph graph(Options options) {
    Weights zero = Choices.weights(options, new Weights(new Initializer.Gaussian(0.01), 0));
    Weights tenth = Choices.weights(options, new Weights(new Initializer.Gaussian(0.01), 0.1));
    Weights dense = Choices.weights(options, new Weights(new Initializer.Gaussian(0.005), 0.1));
    double dropout = Choices.dropout(options, 0.5);
    Window first = Choices.firstWindow(options, kernel(11).stride(4));
    return build(
        options,
        net -> {
          net.convolution("conv1", 96, first, zero, RELU);
          // 96 x 55 x 55
          net.localResponseNormalization("norm1", 5, 1, 1e-4 / 5, 0.75);
          net.maxPooling("pool1", kernel(3).stride(2).ceil());
          // 96 x 27 x 27
          net.groupedConvolution("conv2", 2, 256, kernel(5).padding(2), tenth, RELU);
          // 256 x 27 x 27
          net.localResponseNormalization("norm2", 5, 1, 1e-4 / 5, 0.75);
          net.maxPooling("pool2", kernel(3).stride(2).ceil());
          // 256 x 13 x 13
          net.convolution("conv3", 384, kernel(3).padding(1), zero, RELU);
          // 384 x 13 x 13
          net.groupedConvolution("conv4", 2, 384, kernel(3).padding(1), tenth, RELU);
          // 384 x 13 x 13
          net.groupedConvolution("conv5", 2, 256, kernel(3).padding(1), tenth, RELU);
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
