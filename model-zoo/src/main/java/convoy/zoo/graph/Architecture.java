package convoy.zoo.graph;

import java.io.Serializable;
import java.util.List;

/** One network of the zoo: one file, and one line in the registry {@code Zoo}. */
public interface Architecture {
  /** Names of the forms, the default first. */
  List<String> FORMS = List.of("paper", "small");

  /** Pixels a side of CIFAR-10's pictures, which the small forms are made for. */
  int SMALL_PIXELS = 32;

  /** As in a recipe's {@code model.name}. */
  String name();

  /** Authors, year and title, short. */
  String paper();

  int year();

  /** The published error on ImageNet (LeNet-5's on MNIST) and how it was measured, short. */
  String published();

  /** Pixels a side when the recipe names none. */
  int defaultInputSize();

  /** The same for one of {@link #FORMS}. */
  default int defaultInputSize(String form) {
    return form.equals("small") ? Math.min(SMALL_PIXELS, defaultInputSize()) : defaultInputSize();
  }

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
   * @param form paper, or small for pictures of about 32 px
   * @param batchNorm whether each convolution has a batch normalization behind it
   */
  record Options(
      int classes,
      int inputSize,
      int inputChannels,
      double dropout,
      String initializer,
      String form,
      boolean batchNorm)
      implements Serializable {

    /** The paper's form, without batch normalization. */
    public Options(
        int classes, int inputSize, int inputChannels, double dropout, String initializer) {
      this(classes, inputSize, inputChannels, dropout, initializer, "paper", false);
    }

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
      if (!FORMS.contains(form)) {
        throw new IllegalArgumentException(
            "unknown form '" + form + "'; known: " + String.join(", ", FORMS));
      }
    }

    /** Whether the form for small pictures is asked for. */
    public boolean small() {
      return form.equals("small");
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
