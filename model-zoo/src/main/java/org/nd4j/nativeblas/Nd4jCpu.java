package org.nd4j.nativeblas;

/**
 * A class that ND4J M2.1 moved away. DL4J's BaseMKLDNNHelper still asks it by name whether oneDNN
 * is there and, when the class is missing, runs every layer without; this one answers for the
 * natives that Convoy brings, which have it.
 */
public final class Nd4jCpu {
  private Nd4jCpu() {}

  /** What DL4J looks for by reflection. */
  public static final class Environment {
    private static final Environment INSTANCE = new Environment();

    private Environment() {}

    /** Called by reflection. */
    public static Environment getInstance() {
      return INSTANCE;
    }

    /** Called by reflection. */
    public boolean isUseMKLDNN() {
      return true;
    }
  }
}
