package convoy.zoo.engine;

import java.util.List;

/** The registry of engines. */
public final class Engines {
  private Engines() {}

  /** Names a recipe may give as {@code engine.name}, {@code auto} first. */
  public static List<String> names() {
    return List.of("auto", "dl4j");
  }

  /**
   * Opens a network.
   *
   * @param engine {@code auto} or a name of {@link #names()}
   */
  public static Network open(String engine, NetworkSpec spec) {
    throw new IllegalStateException("engine " + engine + " for " + spec + " comes with dl4j");
  }
}
