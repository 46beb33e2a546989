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
 * AlexNet as printed (Krizhevsky et al. 2012, section 3.5), with two groups, one for each of the
 * authors' GPUs. It has 60,965,224 parameters with 1,000 classes at 224 px.
 *
 * <p>The paper's 224 px only give its 55 x 55 maps with a padding of 2 in conv1, which the paper
 * does not mention (227 px without padding is the same arithmetic). The paper's start values suit
 * pixels of 0 to 255 minus their mean. For inputs scaled to variance 1, choose glorot.
 *
 * <p>The small form only changes conv1, see {@link Choices#firstWindow}.
 */
public final class AlexNet extends PaperNetwork {
  public AlexNet() {
    super(
        "alexnet",
        "Krizhevsky et al. 2012, ImageNet classification with deep convolutional neural networks",
        2012,
        "top-5 18.2 %, one network, 10 crops",
        new Shape(3, 224, 224),
        1000);
  }

  @Override
  public Graph graph(Options options) {
    // Section 5 draws weights from a Gaussian of deviation 0.01 and starts biases at 1 where ReLUs
    // need positive inputs.
    Weights zero = Choices.weights(options, new Weights(new Initializer.Gaussian(0.01), 0));
    Weights one = Choices.weights(options, new Weights(new Initializer.Gaussian(0.01), 1));
    double dropout = Choices.dropout(options, 0.5);
    Window first = Choices.firstWindow(options, kernel(11).stride(4).padding(2));
    return build(
        options,
        net -> {
          net.convolution("conv1", 96, first, zero, RELU);
          // 96 x 55 x 55
          net.localResponseNormalization("norm1", 5, 2, 1e-4, 0.75);
          net.maxPooling("pool1", kernel(3).stride(2));
          // 96 x 27 x 27
          net.groupedConvolution("conv2", 2, 256, kernel(5).padding(2), one, RELU);
          // 256 x 27 x 27
          net.localResponseNormalization("norm2", 5, 2, 1e-4, 0.75);
          net.maxPooling("pool2", kernel(3).stride(2));
          // 256 x 13 x 13
          net.convolution("conv3", 384, kernel(3).padding(1), zero, RELU);
          // 384 x 13 x 13
          net.groupedConvolution("conv4", 2, 384, kernel(3).padding(1), one, RELU);
          // 384 x 13 x 13
          net.groupedConvolution("conv5", 2, 256, kernel(3).padding(1), one, RELU);
          // 256 x 13 x 13
          net.maxPooling("pool5", kernel(3).stride(2));
          // 256 x 6 x 6
          net.fullyConnected("fc6", 4096, one, RELU);
          net.dropout("drop6", dropout);
          net.fullyConnected("fc7", 4096, one, RELU);
          net.dropout("drop7", dropout);
          net.fullyConnected("fc8", options.classes(), zero, NONE);
          net.softmax("softmax");
        });
  }
}
