package convoy.zoo.graph;

import java.util.List;

/** The zoo's layer words. A layer is a value; its input shapes come from the graph. */
public sealed interface Layer {

  /**
   * Convolution of square kernels, NCHW, weights [outputChannels, inputChannels / groups, kernel,
   * kernel], floor division of the output size.
   *
   * @param connections for each output channel the input channels it sees, null for all (LeNet-5's
   *     C3); with it the weights hold only the connected planes
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
      implements Layer {}

  /** Max or average pooling; the average leaves padding out of its divisor. */
  record Pooling(Mode mode, int kernel, int stride, int padding, boolean ceil) implements Layer {
    /** What is taken of a window. */
    public enum Mode {
      MAX,
      AVERAGE
    }
  }

  /**
   * LeNet-5's subsampling: the sum of a window times one trainable coefficient a channel, plus one
   * trainable bias a channel, then the activation (LeCun et al. 1998, section II.B).
   */
  record Subsampling(int kernel, Activation activation) implements Layer {}

  /**
   * Local response normalization across channels: x / (k + alpha * sum of squares over {@code size}
   * channels)^beta, alpha undivided (Krizhevsky et al. 2012, section 3.3). Caffe's alpha is {@code
   * alpha * size} of this one.
   */
  record LocalResponseNormalization(int size, double k, double alpha, double beta)
      implements Layer {}

  /** Weights [outputs, inputs]; an input of more dimensions is flattened in C, H, W order. */
  record FullyConnected(int outputs, Initializer initializer, double bias, Activation activation)
      implements Layer {}

  /** Inverted dropout: in training a value is zeroed with probability {@code rate}. */
  record Dropout(double rate) implements Layer {}

  /** Its inputs one after another along the channels. */
  record Concatenation() implements Layer {}

  /** Softmax with cross-entropy loss: the output of a classifier. */
  record Softmax() implements Layer {}

  /**
   * LeNet-5's output: squared distances to fixed codes of +-1, one list a class; the smallest wins.
   * The loss is equation 9 of LeCun et al. 1998 with the given j.
   */
  record Rbf(List<List<Integer>> codes, double j) implements Layer {}
}
