package convoy.zoo;

import convoy.zoo.graph.Graph;
import java.io.Serializable;

/** One network of the zoo: one file, one line in {@link Zoo}. */
public interface Architecture {
  /** As in a recipe's {@code model.name}. */
  String name();

  /** Authors, year and title, short. */
  String paper();

  int year();

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
      implements Serializable {}

  /** The paper's own options. */
  default Options defaults() {
    return new Options(defaultClasses(), defaultInputSize(), defaultInputChannels(), -1, "paper");
  }
}
