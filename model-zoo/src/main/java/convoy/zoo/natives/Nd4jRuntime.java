package convoy.zoo.natives;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Loads ND4J once in this process, with the settings that it needs from the start. */
public final class Nd4jRuntime {
  static {
    // DL4J reads this setting once while it loads. Without it, no layer of DL4J finds oneDNN.
    setDefault("org.eclipse.deeplearning4j.helpers.disable", "false");
    setDefault("org.nd4j.log.initialization", "false");
    // Convoy frees native memory itself. A limit tied to the Java heap would stop large networks.
    setDefault("org.bytedeco.javacpp.maxBytes", "0");
    setDefault("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    Nd4j.create(1).close();
    // ND4J would otherwise call System.gc() at intervals. All of its memory is closed explicitly
    // here.
    Nd4j.getMemoryManager().togglePeriodicGc(false);
  }

  private Nd4jRuntime() {}

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** Loads ND4J if that hasn't happened yet. */
  public static void load() {}

  /**
   * Sets the number of native threads for everything that the calling thread starts next. OpenMP
   * keeps this number for each thread. ND4J's own maximum is one number for the whole process, so
   * the last caller decides it for ND4J's operations.
   */
  public static void useThreads(int threads) {
    NativeOps operations = NativeOpsHolder.getInstance().getDeviceNativeOps();
    operations.setOmpNumThreads(threads);
    if (Nd4j.getEnvironment().maxMasterThreads() != threads) {
      Nd4j.getEnvironment().setMaxMasterThreads(threads);
    }
  }
}
