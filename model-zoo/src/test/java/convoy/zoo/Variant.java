package convoy.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import java.util.ArrayList;
import java.util.List;

/** A network of the zoo in one of its forms, with or without batch normalization. */
public record Variant(Architecture architecture, String form, boolean batchNorm) {

  /** Returns every network in every form. */
  public static List<Variant> all() {
    List<Variant> variants = new ArrayList<>();
    for (Architecture architecture : Zoo.architectures()) {
      for (String form : Architecture.FORMS) {
        variants.add(new Variant(architecture, form, false));
        variants.add(new Variant(architecture, form, true));
      }
    }
    return variants;
  }

  /**
   * Returns every network in every form except three of VGG's columns, whose layers the two others
   * have. {@link #otherColumns} has those three.
   */
  public static List<Variant> typical() {
    return all().stream().filter(variant -> !variant.isOtherColumn()).toList();
  }

  /** Returns the variants that only {@code scripts/soak} tests, as they take long. */
  public static List<Variant> otherColumns() {
    return all().stream().filter(Variant::isOtherColumn).toList();
  }

  private boolean isOtherColumn() {
    return architecture.name().matches("vgg13|vgg16c|vgg19");
  }

  /** Builds the network with the form's own input size and the paper's channels. */
  public Graph graph(int classes) {
    return graph(classes, architecture.defaultInputSize(form));
  }

  public Graph graph(int classes, int inputSize) {
    return architecture.graph(options(classes, inputSize, architecture.defaultInputChannels()));
  }

  public Architecture.Options options(int classes, int inputSize, int channels) {
    return new Architecture.Options(classes, inputSize, channels, -1, "paper", form, batchNorm);
  }

  /**
   * Returns the side in pixels of the smallest picture that fits, found by building the network at
   * one size after another.
   */
  public int smallest() {
    for (int size = 1; ; size++) {
      try {
        graph(10, size);
        return size;
      } catch (IllegalArgumentException tooSmall) {
        assertThat(size).isLessThan(architecture.defaultInputSize(form));
      }
    }
  }

  @Override
  public String toString() {
    return architecture.name() + " " + form + (batchNorm ? " with batch normalization" : "");
  }
}
