package convoy.zoo.graph;

import java.util.List;

/**
 * The zoo's layer words. A layer is a value that knows its arithmetic: shapes, tensors and
 * multiply-adds follow from the shape of its input.
 */
public sealed interface Layer {
  /** The word for this layer in tables. */
  String kind();

  /** The window of layers that have one, else null. */
  default Window window() {
    return null;
  }

  /**
   * Shape of the output; all layers but the concatenation have one input.
   *
   * @throws IllegalArgumentException when the layer doesn't fit the input
   */
  default Shape output(List<Shape> inputs) {
    return inputs.get(0);
  }

  /** Tensors of the layer called {@code name}, weight before bias, statistics last. */
  default List<Parameter> parameters(String name, Shape input) {
    return List.of();
  }

  /** Products of a trained or fixed number with a value, for one picture. */
  default long multiplyAdds(Shape input, Shape output) {
    return 0;
  }

  /**
   * Convolution of square kernels, NCHW, weights [outputChannels, inputChannels / groups, kernel,
   * kernel], floor division of the output size.
   *
   * @param connections for each output channel the input channels it sees, null for all (LeNet-5's
   *     C3); with it the weights hold only the connected planes: [planes, 1, kernel, kernel] in
   *     order of output channel, then of input channel
   */
  record Convolution(
      int outputChannels,
      int kernel,
      int stride,
      int padding,
      int groups,
      List<List<Integer>> connections,
      Initializer initializer,
      double bias,
      Activation activation)
      implements Layer {

    public Convolution {
      if (outputChannels < 1 || groups < 1 || outputChannels % groups != 0) {
        throw new IllegalArgumentException(
            outputChannels + " output channels do not divide into " + groups + " groups");
      }
      connections = connections == null ? null : connections.stream().map(List::copyOf).toList();
      if (connections != null && (connections.size() != outputChannels || groups != 1)) {
        throw new IllegalArgumentException(
            "a connection table of %d rows for %d output channels in %d groups"
                .formatted(connections.size(), outputChannels, groups));
      }
    }

    @Override
    public String kind() {
      return "convolution";
    }

    @Override
    public Window window() {
      return new Window(kernel, stride, padding, false);
    }

    @Override
    public Shape output(List<Shape> inputs) {
      int channels = inputs.get(0).channels();
      if (channels % groups != 0) {
        throw new IllegalArgumentException(
            channels + " input channels do not divide into " + groups + " groups");
      }
      if (connections != null) {
        ConnectionTable.check(connections, channels);
      }
      return window().over(inputs.get(0), outputChannels);
    }

    @Override
    public List<Parameter> parameters(String name, Shape input) {
      int area = kernel * kernel;
      int fanOut = outputChannels / groups * area;
      if (connections != null) {
        return Tensors.of(
            name,
            List.of(ConnectionTable.planes(connections), 1, kernel, kernel),
            ConnectionTable.fanIns(connections, area),
            fanOut,
            this.outputChannels,
            new Weights(initializer, bias));
      }

      int seen = input.channels() / groups;
      return Tensors.of(
          name,
          List.of(outputChannels, seen, kernel, kernel),
          List.of(Math.multiplyExact(seen, area)),
          fanOut,
          outputChannels,
          new Weights(initializer, bias));
    }

    @Override
    public long multiplyAdds(Shape input, Shape output) {
      long planes =
          connections != null
              ? ConnectionTable.planes(connections)
              : (long) outputChannels * (input.channels() / groups);
      return planes * kernel * kernel * output.height() * output.width();
    }
  }

  /** Max or average pooling; the average leaves padding out of its divisor. */
  record Pooling(Mode mode, int kernel, int stride, int padding, boolean ceil) implements Layer {
    /** What is taken of a window. */
    public enum Mode {
      MAX,
      AVERAGE
    }

    public Pooling {
      if (2 * padding > kernel) {
        throw new IllegalArgumentException(
            "padding " + padding + " is more than half of the kernel " + kernel);
      }
    }

    @Override
    public String kind() {
      return mode == Mode.MAX ? "maxPooling" : "averagePooling";
    }

    @Override
    public Window window() {
      return new Window(kernel, stride, padding, ceil);
    }

    @Override
    public Shape output(List<Shape> inputs) {
      return window().over(inputs.get(0), inputs.get(0).channels());
    }
  }

  /**
   * LeNet-5's subsampling: the sum of a window times one trainable coefficient a channel, plus one
   * trainable bias a channel, then the activation (LeCun et al. 1998, section II.B). Windows don't
   * overlap: the stride is the kernel.
   */
  record Subsampling(int kernel, Activation activation) implements Layer {
    @Override
    public String kind() {
      return "subsampling";
    }

    @Override
    public Window window() {
      return new Window(kernel, kernel, 0, false);
    }

    @Override
    public Shape output(List<Shape> inputs) {
      return window().over(inputs.get(0), inputs.get(0).channels());
    }

    @Override
    public List<Parameter> parameters(String name, Shape input) {
      return Tensors.of(
          name,
          List.of(input.channels()),
          List.of(kernel * kernel),
          1,
          input.channels(),
          Weights.of(new Initializer.LeCunUniform()));
    }

    @Override
    public long multiplyAdds(Shape input, Shape output) {
      return output.size();
    }
  }

  /**
   * Local response normalization across channels: x / (k + alpha * sum of squares over {@code size}
   * channels)^beta, alpha undivided (Krizhevsky et al. 2012, section 3.3). Caffe's alpha is {@code
   * alpha * size} of this one.
   */
  record LocalResponseNormalization(int size, double k, double alpha, double beta)
      implements Layer {
    @Override
    public String kind() {
      return "localResponseNormalization";
    }
  }

  /**
   * Batch normalization of each channel, then the activation (Ioffe and Szegedy 2015, algorithm 1):
   * scale * (x - mean) / sqrt(variance + epsilon) + shift. Training takes mean and biased variance
   * from the minibatch and moves the running ones towards them, the variance unbiased, by {@code
   * momentum} (torch's convention); inference takes the running ones.
   */
  record BatchNormalization(double epsilon, double momentum, Activation activation)
      implements Layer {
    @Override
    public String kind() {
      return "batchNormalization";
    }

    @Override
    public List<Parameter> parameters(String name, Shape input) {
      return Tensors.ofBatchNormalization(name, input.channels());
    }
  }

  /** Weights [outputs, inputs]; an input of more dimensions is flattened in C, H, W order. */
  record FullyConnected(int outputs, Initializer initializer, double bias, Activation activation)
      implements Layer {
    @Override
    public String kind() {
      return "fullyConnected";
    }

    @Override
    public Shape output(List<Shape> inputs) {
      return Shape.vector(outputs);
    }

    @Override
    public List<Parameter> parameters(String name, Shape input) {
      return Tensors.of(
          name,
          List.of(outputs, input.size()),
          List.of(input.size()),
          outputs,
          outputs,
          new Weights(initializer, bias));
    }

    @Override
    public long multiplyAdds(Shape input, Shape output) {
      return (long) input.size() * outputs;
    }
  }

  /** Inverted dropout: in training a value is zeroed with probability {@code rate}. */
  record Dropout(double rate) implements Layer {
    public Dropout {
      if (!(rate >= 0 && rate < 1)) {
        throw new IllegalArgumentException(
            "dropout " + rate + " is not a rate: 0 (none) up to, but not including, 1");
      }
    }

    @Override
    public String kind() {
      return "dropout";
    }
  }

  /** Its inputs one after another along the channels. */
  record Concatenation() implements Layer {
    @Override
    public String kind() {
      return "concatenation";
    }

    @Override
    public Shape output(List<Shape> inputs) {
      Shape first = inputs.get(0);
      for (Shape input : inputs) {
        if (input.height() != first.height() || input.width() != first.width()) {
          throw new IllegalArgumentException("planes of different size: " + inputs);
        }
      }
      int channels = inputs.stream().mapToInt(Shape::channels).reduce(0, Math::addExact);
      return new Shape(channels, first.height(), first.width());
    }
  }

  /** Softmax with cross-entropy loss: the output of a classifier. */
  record Softmax() implements Layer {
    @Override
    public String kind() {
      return "softmax";
    }
  }

  /**
   * LeNet-5's output: squared distances y to fixed codes of +-1, one list a class; the smallest
   * wins, and probabilities are softmax(-y). The loss is equation 9 of LeCun et al. 1998 with the
   * given j: {@code y[label] + log(exp(-j) + sum of exp(-y))}.
   */
  record Rbf(List<List<Integer>> codes, double j) implements Layer {
    public Rbf {
      codes = codes.stream().map(List::copyOf).toList();
    }

    @Override
    public String kind() {
      return "rbf";
    }

    @Override
    public Shape output(List<Shape> inputs) {
      int length = codes.get(0).size();
      if (inputs.get(0).size() != length) {
        throw new IllegalArgumentException(
            "codes of " + length + " values for an input of " + inputs.get(0));
      }
      return Shape.vector(codes.size());
    }

    @Override
    public long multiplyAdds(Shape input, Shape output) {
      return (long) input.size() * codes.size();
    }
  }
}
