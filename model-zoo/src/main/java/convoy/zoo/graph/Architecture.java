package convoy.zoo.graph;

import java.io.Serializable;
import java.util.List;

/** One network of the zoo. Each has one file and one line in the registry {@code Zoo}. */
public interface Architecture {
  /** Names of the forms, with the default first. */
  List<String> FORMS = List.of("paper", "small");

  /** The side in pixels of CIFAR-10's pictures, for which the small forms are made. */
  int SMALL_PIXELS = 32;

  /** Returns the name that a recipe gives as {@code model.name}. */
  String name();

  /** Returns the authors, year and title in a short form. */
  String paper();

  int year();

  /**
   * Returns the published error on ImageNet (on MNIST for LeNet-5) and how it was measured, in a
   * short form.
   */
  String published();

  /** Returns the side of the picture in pixels when the recipe names none. */
  int defaultInputSize();

  /**
   * Returns the side of the picture in pixels for one of the {@link #FORMS} when the recipe names
   * none.
   */
  default int defaultInputSize(String form) {
    return form.equals("small") ? Math.min(SMALL_PIXELS, defaultInputSize()) : defaultInputSize();
  }

  /** Returns the number of channels when the recipe names none: 1 for digits, otherwise 3. */
  int defaultInputChannels();

  int defaultClasses();

  /**
   * Builds the network for these options.
   *
   * @throws IllegalArgumentException when the options don't fit, naming the layer and the remedy
   */
  Graph graph(Options options);

  /**
   * Everything that may differ between two networks of one architecture.
   *
   * @param dropout rate of the dropout layers; a negative value stands for the paper's rate
   * @param initializer paper, glorot or he
   * @param form paper, or small for pictures of about 32 px
   * @param batchNorm whether a batch normalization follows each convolution
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

    /** Describes the paper's form without batch normalization. */
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

    /** Returns whether these options ask for the form for small pictures. */
    public boolean small() {
      return form.equals("small");
    }

    /** Returns the shape of the picture, channels x size x size. */
    public Shape input() {
      return new Shape(inputChannels, inputSize, inputSize);
    }
  }

  default Options defaults() {
    return new Options(defaultClasses(), defaultInputSize(), defaultInputChannels(), -1, "paper");
  }
}
