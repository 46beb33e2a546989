package convoy.zoo.plan.memory;

import com.sun.management.OperatingSystemMXBean;
import convoy.zoo.engine.EngineException;
import java.lang.management.ManagementFactory;

/** What a network may take of the machine. */
public final class Capacity {
  /** Of the machine, or of the container. Linux promises more, and kills who uses it. */
  private static final long MACHINE =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();

  private Capacity() {}

  /** Before anything is allocated: all that the largest minibatch will need. */
  public static void require(String network, long bytes) {
    if (bytes > MACHINE) {
      throw exceeded(
          "%s needs %d MB of native memory, there are %d MB in all"
              .formatted(network, bytes >> 20, MACHINE >> 20));
    }
  }

  /** Loops in Java see a tensor, or all parameters, as one buffer. */
  static void requireBuffer(long bytes) {
    if (bytes > Integer.MAX_VALUE) {
      throw exceeded("%d MB lie in one piece, and Java sees 2048 at most".formatted(bytes >> 20));
    }
  }

  public static EngineException exceeded(String what) {
    return new EngineException(
        what
            + ": take smaller minibatches (training.microBatch, --batch-size) or smaller pictures");
  }
}
