package convoy.zoo.networks;

import convoy.zoo.graph.Architecture.Options;
import convoy.zoo.graph.Initializer;
import convoy.zoo.graph.Weights;
import convoy.zoo.graph.Window;

/** Applies the options that replace the paper's choices. */
final class Choices {
  private Choices() {}

  /**
   * Returns the paper's weights, or those of the chosen initializer with biases that start at 0.
   */
  static Weights weights(Options options, Weights paper) {
    return switch (options.initializer()) {
      case "paper" -> paper;
      case "glorot" -> Weights.of(new Initializer.Glorot());
      case "he" -> Weights.of(new Initializer.He());
      default ->
          throw new IllegalArgumentException(
              "unknown initializer '" + options.initializer() + "'; known: paper, glorot, he");
    };
  }

  /**
   * Returns the window of conv1. In the small form of the AlexNets it is 5 x 5 at stride 1, as in
   * the CIFAR-10 networks of AlexNet's authors (cuda-convnet's layers-conv-local-11pct, which
   * section 3.3 of Krizhevsky et al. 2012 reports). The pools and the other layers stay the same
   * and give sides of 32, 15, 7 and 3 places.
   */
  static Window firstWindow(Options options, Window paper) {
    return options.small() ? Window.kernel(5).padding(2) : paper;
  }

  /** Returns the paper's dropout rate, or the one that the options ask for. */
  static double dropout(Options options, double paper) {
    return options.dropout() < 0 ? paper : options.dropout();
  }

  /** Refuses a dropout rate for a network without dropout layers. */
  static void noDropout(String name, Options options) {
    if (options.dropout() > 0) {
      throw new IllegalArgumentException(
          name + " has no dropout layers: leave dropout " + options.dropout() + " out");
    }
  }
}
