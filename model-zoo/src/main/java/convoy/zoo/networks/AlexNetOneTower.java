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
 * AlexNet in one tower, without groups and normalization (Krizhevsky 2014). It has torchvision's
 * widths and its dropout before fc6 and fc7, and 61,100,840 parameters with 1,000 classes at 224
 * px.
 *
 * <p>Torchvision averages pool5 to 6 x 6 places, which changes nothing at 224 px. Here fc6 reads
 * pool5 directly, so its number of weights follows the input size. The paper names no start values,
 * so Glorot's are used. With them the loss leaves the plateau of ln(classes) within a hundred
 * iterations at a learning rate of 0.01. Weights in torchvision's range take over twice as long,
 * and He's diverge (docs/decisions.md).
 *
 * <p>The small form only changes conv1, see {@link Choices#firstWindow}.
 */
public final class AlexNetOneTower extends PaperNetwork {
  public AlexNetOneTower() {
    super(
        "alexnet-one-tower",
        "Krizhevsky 2014, One weird trick for parallelizing convolutional neural networks",
        2014,
        "top-5 20.9 %, torchvision, one crop",
        new Shape(3, 224, 224),
        1000);
  }

  @Override
  public Graph graph(Options options) {
    Weights weights = Choices.weights(options, Weights.of(new Initializer.Glorot()));
    double dropout = Choices.dropout(options, 0.5);
    Window first = Choices.firstWindow(options, kernel(11).stride(4).padding(2));
    return build(
        options,
        net -> {
          net.convolution("conv1", 64, first, weights, RELU);
          // 64 x 55 x 55
          net.maxPooling("pool1", kernel(3).stride(2));
          // 64 x 27 x 27
          net.convolution("conv2", 192, kernel(5).padding(2), weights, RELU);
          // 192 x 27 x 27
          net.maxPooling("pool2", kernel(3).stride(2));
          // 192 x 13 x 13
          net.convolution("conv3", 384, kernel(3).padding(1), weights, RELU);
          // 384 x 13 x 13
          net.convolution("conv4", 256, kernel(3).padding(1), weights, RELU);
          // 256 x 13 x 13
          net.convolution("conv5", 256, kernel(3).padding(1), weights, RELU);
          // 256 x 13 x 13
          net.maxPooling("pool5", kernel(3).stride(2));
          // 256 x 6 x 6
          net.dropout("drop6", dropout);
          net.fullyConnected("fc6", 4096, weights, RELU);
          net.dropout("drop7", dropout);
          net.fullyConnected("fc7", 4096, weights, RELU);
          net.fullyConnected("fc8", options.classes(), weights, NONE);
          net.softmax("softmax");
        });
  }
}
