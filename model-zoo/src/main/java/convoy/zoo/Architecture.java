package convoy.zoo;

import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Shape;
import java.io.Serializable;

/** One network of the zoo: one file, one line in {@link Zoo}. */
public interface Architecture {
  /** As in a recipe's {@code model.name}. */
  String name();

  /** Authors, year and title, short. */
  String paper();

  int year();

  /** The published error on ImageNet (LeNet-5's on MNIST) and how it was measured, short. */
  String published();

  /** Pixels a side when the recipe names none. */
  int defaultInputSize();

  /** Channels when nothing says otherwise: 1 for digits, else 3. */
  int defaultInputChannels();

  int defaultClasses();

  /**
   * The network for these options.
   *
   * @throws IllegalArgumentException when the options don't fit, naming the layer and the remedy
   */
  Graph graph(Options options);

  /**
   * What may differ between two networks of one architecture.
   *
   * @param dropout rate of the dropout layers, negative for the paper's
   * @param initializer paper, glorot or he
   */
  record Options(int classes, int inputSize, int inputChannels, double dropout, String initializer)
      implements Serializable {

    public Options {
      if (classes < 2) {
        throw new IllegalArgumentException("a network needs at least 2 classes, not " + classes);
      }
      if (inputSize < 1 || inputChannels < 1) {
        throw new IllegalArgumentException(
            "a picture of %d channels and %d px is empty".formatted(inputChannels, inputSize));
      }
      if (initializer == null) {
        throw new IllegalArgumentException("the initializer is missing; the usual one is paper");
      }
    }

    /** The picture: channels x size x size. */
    public Shape input() {
      return new Shape(inputChannels, inputSize, inputSize);
    }
  }

  /** The paper's own options. */
  default Options defaults() {
    return new Options(defaultClasses(), defaultInputSize(), defaultInputChannels(), -1, "paper");
  }
}
