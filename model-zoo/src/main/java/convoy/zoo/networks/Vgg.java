package convoy.zoo.networks;

import static convoy.zoo.graph.Activation.NONE;
import static convoy.zoo.graph.Activation.RELU;
import static convoy.zoo.graph.Window.kernel;

import convoy.zoo.graph.Graph;
import convoy.zoo.graph.GraphBuilder;
import convoy.zoo.graph.Initializer;
import convoy.zoo.graph.Shape;
import convoy.zoo.graph.Weights;

/**
 * VGG as printed (Simonyan and Zisserman 2014, table 1): stacks of 3 x 3 convolutions, each
 * followed by a pool. With 1,000 classes at 224 px the columns A, B, C, D and E have 132,863,336,
 * 133,047,848, 133,638,952, 138,357,544 and 143,667,240 parameters. Column A-LRN is left out
 * because the paper found no gain in it.
 *
 * <p>The paper drew A's weights with a variance of 0.01 and started the deeper columns from A's
 * trained layers. Its section 3.1 says that Glorot's start values make this unnecessary, so all
 * columns use them here.
 *
 * <p>The small form has one dense classifier after the five stacks and no dropout, as VGG is
 * usually built for CIFAR-10 (pytorch-cifar, models/vgg.py): at 32 px pool5 leaves one place. With
 * batch normalization, the paper's form has the tensors of torchvision's vgg11_bn to vgg19_bn.
 */
public final class Vgg extends PaperNetwork {
  /**
   * The columns of table 1 with the channels of their stacks. A pool follows each stack. (n) is a 1
   * x 1 convolution.
   */
  public enum Column {
    A("vgg11", "10.4", "64 | 128 | 256 256 | 512 512 | 512 512"),
    B("vgg13", "9.9", "64 64 | 128 128 | 256 256 | 512 512 | 512 512"),
    C("vgg16c", "8.8", "64 64 | 128 128 | 256 256 (256) | 512 512 (512) | 512 512 (512)"),
    D("vgg16", "8.1", "64 64 | 128 128 | 256 256 256 | 512 512 512 | 512 512 512"),
    E("vgg19", "8.0", "64 64 | 128 128 | 256 256 256 256 | 512 512 512 512 | 512 512 512 512");

    private final String network;
    private final String error;
    private final String stacks;

    Column(String network, String error, String stacks) {
      this.network = network;
      this.error = error;
      this.stacks = stacks;
    }
  }

  private final Column column;

  /** Creates the network of one column of table 1. */
  public Vgg(Column column) {
    super(
        column.network,
        "Simonyan and Zisserman 2014, Very deep convolutional networks, column " + column,
        2014,
        "top-5 " + column.error + " %, one network, one scale, dense",
        new Shape(3, 224, 224),
        1000);
    this.column = column;
  }

  @Override
  public Graph graph(Options options) {
    Weights weights = Choices.weights(options, Weights.of(new Initializer.Glorot()));
    if (options.small()) {
      Choices.noDropout(name() + " in its small form", options);
    }

    double dropout = Choices.dropout(options, 0.5);
    return build(
        options,
        net -> {
          int stack = 0;
          for (String channels : column.stacks.split(" \\| ", -1)) {
            stack(net, ++stack, channels.split(" ", -1), weights);
          }

          if (options.small()) {
            // 512 x 1 x 1 at 32 px
            net.fullyConnected("classifier", options.classes(), weights, NONE);
            net.softmax("softmax");
            return;
          }

          // 512 x 7 x 7
          net.fullyConnected("fc6", 4096, weights, RELU);
          net.dropout("drop6", dropout);
          net.fullyConnected("fc7", 4096, weights, RELU);
          net.dropout("drop7", dropout);
          net.fullyConnected("fc8", options.classes(), weights, NONE);
          net.softmax("softmax");
        });
  }

  /** Adds convolutions that keep the size, followed by a pool that halves it. */
  private static void stack(GraphBuilder net, int stack, String[] channels, Weights weights) {
    for (int i = 0; i < channels.length; i++) {
      boolean pointwise = channels[i].startsWith("(");
      net.convolution(
          "conv" + stack + "_" + (i + 1),
          Integer.parseInt(channels[i].replaceAll("[()]", "")),
          pointwise ? kernel(1) : kernel(3).padding(1),
          weights,
          RELU);
    }

    net.maxPooling("pool" + stack, kernel(2).stride(2));
  }
}
