package convoy.zoo;

import java.util.List;

/** The registry: one line an architecture. */
public final class Zoo {
  private static final List<Architecture> ARCHITECTURES = List.of();

  private Zoo() {}

  /** All, in the order of their papers. */
  public static List<Architecture> architectures() {
    return ARCHITECTURES;
  }

  /**
   * By name.
   *
   * @throws IllegalArgumentException when unknown, with the known names and a suggestion
   */
  public static Architecture architecture(String name) {
    return ARCHITECTURES.stream()
        .filter(architecture -> architecture.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown model '" + name + "'"));
  }
}
