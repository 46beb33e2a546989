package convoy.zoo;

import convoy.options.Suggestions;
import convoy.zoo.graph.Architecture;
import convoy.zoo.networks.AlexNet;
import convoy.zoo.networks.AlexNetCaffe;
import convoy.zoo.networks.AlexNetOneTower;
import convoy.zoo.networks.CaffeNet;
import convoy.zoo.networks.GoogLeNet;
import convoy.zoo.networks.LeNet5;
import convoy.zoo.networks.LeNet5Modern;
import convoy.zoo.networks.LeNetCaffe;
import convoy.zoo.networks.SqueezeNet;
import convoy.zoo.networks.Vgg;
import java.util.List;

/** The registry of architectures, with one line for each. */
public final class Zoo {
  private static final List<Architecture> ARCHITECTURES =
      List.of(
          new LeNet5(), //
          new LeNet5Modern(),
          new LeNetCaffe(),
          new AlexNet(),
          new AlexNetCaffe(),
          new AlexNetOneTower(),
          new CaffeNet(),
          new Vgg(Vgg.Column.A),
          new Vgg(Vgg.Column.B),
          new Vgg(Vgg.Column.C),
          new Vgg(Vgg.Column.D),
          new Vgg(Vgg.Column.E),
          new GoogLeNet(),
          new SqueezeNet(SqueezeNet.Version.V1_0),
          new SqueezeNet(SqueezeNet.Version.V1_0_CAFFE),
          new SqueezeNet(SqueezeNet.Version.V1_1));

  private Zoo() {}

  /** Returns all architectures in the order of their papers. */
  public static List<Architecture> architectures() {
    return ARCHITECTURES;
  }

  /**
   * Returns the architecture of this name.
   *
   * @throws IllegalArgumentException when the name is unknown; the message lists the known names
   *     and suggests the nearest
   */
  public static Architecture architecture(String name) {
    return ARCHITECTURES.stream()
        .filter(architecture -> architecture.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(name)));
  }

  private static String unknown(String name) {
    List<String> known = ARCHITECTURES.stream().map(Architecture::name).toList();
    String message = "unknown model '" + name + "'; known: " + String.join(", ", known);
    return Suggestions.nearest(String.valueOf(name), known)
        .map(nearest -> message + "; did you mean '" + nearest + "'?")
        .orElse(message);
  }
}
