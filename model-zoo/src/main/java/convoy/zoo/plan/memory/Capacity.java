package convoy.zoo.plan.memory;

import com.sun.management.OperatingSystemMXBean;
import convoy.zoo.engine.EngineException;
import java.lang.management.ManagementFactory;

/** Checks whether the machine has enough memory for a network. */
public final class Capacity {
  /**
   * The memory of the machine or of the container. Linux grants requests for more, and later kills
   * the process that uses it.
   */
  private static final long MACHINE =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();

  private Capacity() {}

  /**
   * Checks, before anything is allocated, that the machine can hold what the largest minibatch
   * needs.
   */
  public static void require(String network, long bytes) {
    if (bytes > MACHINE) {
      throw exceeded(
          "%s needs %d MB of native memory, but the machine has %d MB"
              .formatted(network, bytes >> 20, MACHINE >> 20));
    }
  }

  /**
   * Checks that a tensor, or all parameters together, fit into one buffer, because Java loops see
   * them as one.
   */
  static void requireBuffer(long bytes) {
    if (bytes > Integer.MAX_VALUE) {
      throw exceeded(
          "one block would take %d MB, and a Java buffer holds 2048 at most"
              .formatted(bytes >> 20));
    }
  }

  public static EngineException exceeded(String what) {
    return new EngineException(
        what
            + ": take smaller minibatches (training.microBatch, --batch-size) or smaller pictures");
  }
}
