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
 * GoogLeNet as printed (Szegedy et al. 2014, table 1). It has nine Inception modules and, in
 * training, two auxiliary classifiers at 4a and 4d, whose losses are weighted by 0.3. With 1,000
 * classes at 224 px it has 6,998,552 parameters, or 13,378,280 with the auxiliary classifiers.
 *
 * <p>The paper's sizes 112, 56, 28, 14 and 7 need pools whose last window extends beyond the edge.
 * The paper names neither the constants of the normalization nor the start values, so those of
 * Caffe's reference model are used (5 channels, k = 1, alpha 1e-4 divided by 5; Glorot's weights,
 * biases 0.2). With larger pictures, the last pool averages all places that remain.
 *
 * <p>The small form starts with one 3 x 3 convolution instead of the stem and has no auxiliary
 * classifiers, as in pytorch-cifar (models/googlenet.py).
 */
public final class GoogLeNet extends PaperNetwork {
  private static final double AUXILIARY_WEIGHT = 0.3;

  public GoogLeNet() {
    super(
        "googlenet",
        "Szegedy et al. 2014, Going deeper with convolutions",
        2014,
        "top-5 10.07 %, one network, one crop",
        new Shape(3, 224, 224),
        1000);
  }

  @Override
  public Graph graph(Options options) {
    Weights weights = Choices.weights(options, new Weights(new Initializer.Glorot(), 0.2));
    Weights last = Choices.weights(options, Weights.of(new Initializer.Glorot()));
    // The rate is 0.4 before the classifier and 0.7 in the auxiliary ones.
    double dropout = Choices.dropout(options, 0.4);
    double auxiliaryDropout = Choices.dropout(options, 0.7);
    return build(
        options,
        net -> {
          Stages on = new Stages(net, options, weights, last, auxiliaryDropout);
          on.stem();
          // 192 x 28 x 28: #1x1, #3x3 reduce, #3x3, #5x5 reduce, #5x5, pool proj
          on.inception("inception3a", 64, 96, 128, 16, 32, 32);
          // 256 x 28 x 28
          on.inception("inception3b", 128, 128, 192, 32, 96, 64);
          // 480 x 28 x 28
          net.maxPooling("pool3", kernel(3).stride(2).ceil());
          // 480 x 14 x 14
          on.inception("inception4a", 192, 96, 208, 16, 48, 64);
          on.auxiliaryClassifier("auxiliary4a");
          // 512 x 14 x 14
          on.inception("inception4b", 160, 112, 224, 24, 64, 64);
          // 512 x 14 x 14
          on.inception("inception4c", 128, 128, 256, 24, 64, 64);
          // 512 x 14 x 14
          on.inception("inception4d", 112, 144, 288, 32, 64, 64);
          on.auxiliaryClassifier("auxiliary4d");
          // 528 x 14 x 14
          on.inception("inception4e", 256, 160, 320, 32, 128, 128);
          // 832 x 14 x 14
          net.maxPooling("pool4", kernel(3).stride(2).ceil());
          // 832 x 7 x 7
          on.inception("inception5a", 256, 160, 320, 32, 128, 128);
          // 832 x 7 x 7
          on.inception("inception5b", 384, 192, 384, 48, 128, 128);
          // 1024 x 7 x 7
          net.averagePooling("pool5", kernel(net.shape().width()));
          // 1024 x 1 x 1
          net.dropout("dropout", dropout);
          net.fullyConnected("classifier", options.classes(), last, NONE);
          net.softmax("softmax");
        });
  }

  /** Adds the stem and the two composite rows of the paper. */
  private record Stages(
      GraphBuilder net, Options options, Weights weights, Weights last, double dropout) {

    /** Adds everything before the first Inception module. */
    void stem() {
      if (options.small()) {
        net.convolution("conv1", 192, kernel(3).padding(1), weights, RELU);
        // 192 x 32 x 32 at 32 px, then 16 and 8 where the paper has 28, 14 and 7
        return;
      }

      net.convolution("conv1", 64, kernel(7).stride(2).padding(3), weights, RELU);
      // 64 x 112 x 112
      net.maxPooling("pool1", kernel(3).stride(2).ceil());
      net.localResponseNormalization("norm1", 5, 1, 1e-4 / 5, 0.75);
      // 64 x 56 x 56
      net.convolution("conv2.3x3reduce", 64, kernel(1), weights, RELU);
      net.convolution("conv2.3x3", 192, kernel(3).padding(1), weights, RELU);
      // 192 x 56 x 56
      net.localResponseNormalization("norm2", 5, 1, 1e-4 / 5, 0.75);
      net.maxPooling("pool2", kernel(3).stride(2).ceil());
    }

    /** Adds the module of figure 2b. The parameters have the headings of table 1. */
    void inception(
        String name, int one, int threeReduce, int three, int fiveReduce, int five, int poolProj) {
      net.concatenation(
          name,
          branch -> branch.convolution(name + ".1x1", one, kernel(1), weights, RELU),
          branch ->
              branch
                  .convolution(name + ".3x3reduce", threeReduce, kernel(1), weights, RELU)
                  .convolution(name + ".3x3", three, kernel(3).padding(1), weights, RELU),
          branch ->
              branch
                  .convolution(name + ".5x5reduce", fiveReduce, kernel(1), weights, RELU)
                  .convolution(name + ".5x5", five, kernel(5).padding(2), weights, RELU),
          branch ->
              branch
                  .maxPooling(name + ".pool", kernel(3).padding(1))
                  .convolution(name + ".poolProj", poolProj, kernel(1), weights, RELU));
    }

    /** Adds a side network of section 5. The small form has none. */
    void auxiliaryClassifier(String name) {
      if (options.small()) {
        return;
      }

      net.auxiliaryClassifier(
          AUXILIARY_WEIGHT,
          side ->
              side.averagePooling(name + ".pool", kernel(5).stride(3))
                  // 4 x 4
                  .convolution(name + ".conv", 128, kernel(1), weights, RELU)
                  .fullyConnected(name + ".fc", 1024, weights, RELU)
                  .dropout(name + ".dropout", dropout)
                  .fullyConnected(name + ".classifier", options.classes(), last, NONE)
                  .softmax(name + ".softmax"));
    }
  }
}
