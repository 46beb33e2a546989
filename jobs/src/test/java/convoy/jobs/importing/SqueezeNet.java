package convoy.jobs.importing;

import static convoy.zoo.graph.Activation.RELU;
import static convoy.zoo.graph.Window.kernel;

import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.GraphBuilder;
import convoy.zoo.graph.Initializer;
import convoy.zoo.graph.Shape;
import convoy.zoo.graph.Weights;

/**
 * SqueezeNet v1.0 (Iandola et al. 2016, table 1) with the layers of the zoo, named as in Caffe. The
 * zoo doesn't have this network, so it tests layers and import with weights from outside. It has
 * 1,248,424 parameters.
 */
final class SqueezeNet implements Architecture {
  private static final Weights WEIGHTS = Weights.of(new Initializer.Glorot());

  @Override
  public String name() {
    return "squeezenet";
  }

  @Override
  public String paper() {
    return "Iandola et al. 2016, SqueezeNet: AlexNet-level accuracy with 50x fewer parameters";
  }

  @Override
  public int year() {
    return 2016;
  }

  @Override
  public String published() {
    return "top-5 19.7 %, one crop";
  }

  @Override
  public int defaultInputSize() {
    return 227;
  }

  @Override
  public int defaultInputChannels() {
    return 3;
  }

  @Override
  public int defaultClasses() {
    return 1000;
  }

  @Override
  public Graph graph(Options options) {
    return GraphBuilder.build(
        name(), options.input(), options.classes(), net -> layers(net, options.classes()));
  }

  private static void layers(GraphBuilder net, int classes) {
    net.convolution("conv1", 96, kernel(7).stride(2), WEIGHTS, RELU);
    // 96 x 111 x 111
    net.maxPooling("pool1", kernel(3).stride(2).ceil());
    // 96 x 55 x 55
    fire(net, "fire2", 16, 64);
    fire(net, "fire3", 16, 64);
    fire(net, "fire4", 32, 128);
    net.maxPooling("pool4", kernel(3).stride(2).ceil());
    // 256 x 27 x 27
    fire(net, "fire5", 32, 128);
    fire(net, "fire6", 48, 192);
    fire(net, "fire7", 48, 192);
    fire(net, "fire8", 64, 256);
    net.maxPooling("pool8", kernel(3).stride(2).ceil());
    // 512 x 13 x 13
    fire(net, "fire9", 64, 256);
    net.dropout("drop9", 0.5);
    net.convolution("conv_final", classes, kernel(1).padding(1), WEIGHTS, RELU);
    // 1000 x 15 x 15, the border of which sees zeros
    Shape shape = net.shape();
    net.averagePooling("pool10", kernel(shape.width()));
    net.softmax("softmax");
  }

  private static void fire(GraphBuilder net, String name, int squeeze, int expand) {
    net.convolution(name + "_conv1x1_1", squeeze, kernel(1), WEIGHTS, RELU);
    net.concatenation(
        name,
        branch -> branch.convolution(name + "_conv1x1_2", expand, kernel(1), WEIGHTS, RELU),
        branch ->
            branch.convolution(name + "_conv3x3_2", expand, kernel(3).padding(1), WEIGHTS, RELU));
  }
}
