package convoy.zoo.networks;

import static convoy.zoo.graph.Activation.RELU;
import static convoy.zoo.graph.Window.kernel;

import convoy.zoo.graph.Graph;
import convoy.zoo.graph.GraphBuilder;
import convoy.zoo.graph.Initializer;
import convoy.zoo.graph.Shape;
import convoy.zoo.graph.Weights;
import convoy.zoo.graph.Window;

/**
 * SqueezeNet (Iandola et al. 2016, table 1), which has Fire modules and no dense layer. With 1,000
 * classes version 1.0 has 1,248,424 parameters and version 1.1, its authors' smaller successor, has
 * 1,235,496.
 *
 * <p>The paper's 224 px don't give its 111 x 111 maps without padding; 227 px do, as in Caffe.
 * Torchvision's networks are the same and take 224 px. The pools round up, as in both. The weights
 * of version 1.0 that its authors published for Caffe belong to a network of its own: its conv10
 * adds a border of zeros, which the paper's table and torchvision don't have. Start values are
 * those of the authors' files for Caffe.
 *
 * <p>The small form starts with a 3 x 3 convolution at stride 1, so that 32 px give maps of 32, 16,
 * 8 and 4 places, and stays the same otherwise.
 */
public final class SqueezeNet extends PaperNetwork {
  /** The versions that weights are published for. */
  public enum Version {
    /** Table 1 of the paper. */
    V1_0("squeezenet-1.0", "top-5 19.7 %, one crop", 96, 7, 4, 8, 0),
    /** Version 1.0 as its authors published it for Caffe, with a border around conv10. */
    V1_0_CAFFE("squeezenet-1.0-caffe", "top-5 19.7 %, one crop", 96, 7, 4, 8, 1),
    /** Smaller first kernels, and pools after earlier modules. */
    V1_1("squeezenet-1.1", "top-5 19.4 %, torchvision, one crop", 64, 3, 3, 5, 0);

    private final String network;
    private final String error;
    private final int channels;
    private final int firstKernel;
    private final int secondPool;
    private final int thirdPool;
    private final int border;

    /** The pools after the first one follow these modules. */
    Version(
        String network,
        String error,
        int channels,
        int firstKernel,
        int secondPool,
        int thirdPool,
        int border) {
      this.network = network;
      this.error = error;
      this.channels = channels;
      this.firstKernel = firstKernel;
      this.secondPool = secondPool;
      this.thirdPool = thirdPool;
      this.border = border;
    }
  }

  private final Version version;

  /** Creates the network of one version. */
  public SqueezeNet(Version version) {
    super(
        version.network,
        "Iandola et al. 2016, SqueezeNet: AlexNet-level accuracy with 50x fewer parameters",
        2016,
        version.error,
        new Shape(3, 227, 227),
        1000);
    this.version = version;
  }

  @Override
  public Graph graph(Options options) {
    Weights weights = Choices.weights(options, Weights.of(new Initializer.Glorot()));
    Weights last = Choices.weights(options, Weights.of(new Initializer.Gaussian(0.01)));
    double dropout = Choices.dropout(options, 0.5);
    Window first = options.small() ? kernel(3).padding(1) : kernel(version.firstKernel).stride(2);
    return build(
        options,
        net -> {
          Fires on = new Fires(net, version, weights);
          // Shapes of version 1.0 (of version 1.1 in brackets)
          net.convolution("conv1", version.channels, first, weights, RELU);
          // 96 x 111 x 111 (64 x 113 x 113)
          on.pool("pool1");
          // 96 x 55 x 55 (64 x 56 x 56): s1x1, e1x1 and e3x3
          on.fire(2, 16, 64);
          // 128 x 55 x 55 (128 x 56 x 56)
          on.fire(3, 16, 64);
          // 128 x 55 x 55 (128 x 28 x 28 after pool3)
          on.fire(4, 32, 128);
          // 256 x 27 x 27 after pool4 (256 x 28 x 28)
          on.fire(5, 32, 128);
          // 256 x 27 x 27 (256 x 14 x 14 after pool5)
          on.fire(6, 48, 192);
          // 384 x 27 x 27 (384 x 14 x 14)
          on.fire(7, 48, 192);
          // 384 x 27 x 27 (384 x 14 x 14)
          on.fire(8, 64, 256);
          // 512 x 13 x 13 after pool8 (512 x 14 x 14)
          on.fire(9, 64, 256);
          // 512 x 13 x 13 (512 x 14 x 14)
          net.dropout("drop9", dropout);
          net.convolution(
              "conv10", options.classes(), kernel(1).padding(version.border), last, RELU);
          // 1000 x 13 x 13, for Caffe 1000 x 15 x 15 (1000 x 14 x 14)
          net.averagePooling("pool10", kernel(net.shape().width()));
          // 1000 x 1 x 1
          net.softmax("softmax");
        });
  }

  /** Adds the rows that occur more than once. */
  private record Fires(GraphBuilder net, Version version, Weights weights) {
    /**
     * Adds the module of figure 1, with the columns of table 1, and the pool that may follow it.
     *
     * @param expand channels of e1x1 and of e3x3, which are the same
     */
    void fire(int number, int squeeze, int expand) {
      String name = "fire" + number;
      net.convolution(name + ".squeeze1x1", squeeze, kernel(1), weights, RELU);
      net.concatenation(
          name,
          branch -> branch.convolution(name + ".expand1x1", expand, kernel(1), weights, RELU),
          branch ->
              branch.convolution(name + ".expand3x3", expand, kernel(3).padding(1), weights, RELU));
      if (number == version.secondPool || number == version.thirdPool) {
        pool("pool" + number);
      }
    }

    void pool(String name) {
      net.maxPooling(name, kernel(3).stride(2).ceil());
    }
  }
}
