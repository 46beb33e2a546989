package org.nd4j.nativeblas;

/**
 * Replaces a class that ND4J M2.1 moved elsewhere. DL4J's BaseMKLDNNHelper still looks for it by
 * name to ask whether oneDNN is there. If the class is missing, DL4J runs every layer without
 * oneDNN. This class answers for the native libraries that Convoy brings, which have oneDNN.
 */
public final class Nd4jCpu {
  private Nd4jCpu() {}

  /** DL4J looks for this class by reflection. */
  public static final class Environment {
    private static final Environment INSTANCE = new Environment();

    private Environment() {}

    /** DL4J calls this method by reflection. */
    public static Environment getInstance() {
      return INSTANCE;
    }

    /** DL4J calls this method by reflection. */
    public boolean isUseMKLDNN() {
      return true;
    }
  }
}
