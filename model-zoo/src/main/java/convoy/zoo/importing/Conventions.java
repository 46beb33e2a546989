package convoy.zoo.importing;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Networks whose tensors have the same names and shapes, but which compute different values from
 * them. Weights alone don't tell which of these networks they belong to.
 */
public final class Conventions {
  private static final List<List<Network>> FAMILIES =
      List.of(
          List.of(
              new Network("paper", "alexnet", "normalization with k = 2 and alpha = 1e-4"),
              new Network(
                  "caffe", "alexnet-caffe", "bvlc_alexnet: k = 1 and alpha = 1e-4 / 5, 227 px"),
              new Network("caffenet", "caffenet", "bvlc_reference_caffenet: pools come first")),
          List.of(
              new Network("paper", "squeezenet-1.0", "torchvision's too: conv10 has no border"),
              new Network(
                  "caffe", "squeezenet-1.0-caffe", "the authors' file: conv10 adds zeros")));

  /**
   * One network of a family.
   *
   * @param convention as in {@code --convention}
   * @param difference what only this network does
   */
  record Network(String convention, String architecture, String difference) {
    private String words() {
      return "%s (%s)".formatted(architecture, difference);
    }
  }

  private Conventions() {}

  static List<List<Network>> families() {
    return FAMILIES;
  }

  private static Optional<List<Network>> family(String architecture) {
    return FAMILIES.stream()
        .filter(
            family ->
                family.stream().anyMatch(network -> network.architecture.equals(architecture)))
        .findFirst();
  }

  /**
   * Returns the network that a name and a convention mean together.
   *
   * @param convention paper, caffe or caffenet; null for the named network itself
   * @throws IllegalArgumentException when the network has no such convention
   */
  public static String architecture(String named, String convention) {
    if (convention == null) {
      return named;
    }

    List<Network> family =
        family(named)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s has one convention only: leave --convention out".formatted(named)));
    Network chosen =
        family.stream()
            .filter(network -> network.convention.equals(convention))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "--convention %s is unknown for %s; known are %s"
                            .formatted(
                                convention,
                                named,
                                family.stream()
                                    .map(Network::convention)
                                    .collect(Collectors.joining(", ")))));
    if (!isPaper(family, named) && !chosen.architecture.equals(named)) {
      throw new IllegalArgumentException(
          "--convention %s means %s, not %s: leave one of them out"
              .formatted(convention, chosen.architecture, named));
    }

    return chosen.architecture;
  }

  /**
   * Returns what to say when weights are taken for a paper's network and could be another's. It is
   * empty when only this network has such tensors, or the name says which one is meant.
   */
  public static Optional<String> warning(String architecture) {
    return family(architecture)
        .filter(family -> isPaper(family, architecture))
        .map(
            family ->
                "these tensors fit %s, which give different results; this model computes as %s; choose with --convention %s"
                    .formatted(
                        family.stream().map(Network::words).collect(Collectors.joining(" and ")),
                        architecture,
                        family.stream()
                            .map(Network::convention)
                            .collect(Collectors.joining(" or "))));
  }

  private static boolean isPaper(List<Network> family, String architecture) {
    return family.get(0).architecture.equals(architecture);
  }
}
