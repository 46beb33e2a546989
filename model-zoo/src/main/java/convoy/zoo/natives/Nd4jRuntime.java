package convoy.zoo.natives;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** ND4J in this process: loaded once, with the settings it needs from the start. */
public final class Nd4jRuntime {
  static {
    // Read once when DL4J loads: without it no layer of DL4J's own finds oneDNN.
    setDefault("org.eclipse.deeplearning4j.helpers.disable", "false");
    setDefault("org.nd4j.log.initialization", "false");
    // Native memory is ours to free; a limit tied to the Java heap would end big networks.
    setDefault("org.bytedeco.javacpp.maxBytes", "0");
    setDefault("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    Nd4j.create(1).close();
    // ND4J calls System.gc() at intervals otherwise; everything here is closed by hand.
    Nd4j.getMemoryManager().togglePeriodicGc(false);
  }

  private Nd4jRuntime() {}

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** Does nothing but load. */
  public static void load() {}

  /**
   * Native threads of what the calling thread starts next; OpenMP keeps the number per thread.
   * ND4J's own maximum is one for the process: its operations follow whoever came last.
   */
  public static void useThreads(int threads) {
    NativeOps operations = NativeOpsHolder.getInstance().getDeviceNativeOps();
    operations.setOmpNumThreads(threads);
    if (Nd4j.getEnvironment().maxMasterThreads() != threads) {
      Nd4j.getEnvironment().setMaxMasterThreads(threads);
    }
  }
}
