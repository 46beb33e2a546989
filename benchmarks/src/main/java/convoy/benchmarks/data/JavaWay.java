package convoy.benchmarks.data;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;

/** A way in this process; compiler and garbage collector count. */
record JavaWay(String name, List<byte[]> files, Work work) implements Way {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** What becomes of one file. */
  @FunctionalInterface
  interface Work {
    void on(byte[] file) throws Exception;
  }

  @Override
  public double pass() throws IOException {
    long before = SYSTEM.getProcessCpuTime();
    for (byte[] file : files) {
      try {
        work.on(file);
      } catch (IOException | RuntimeException problem) {
        throw problem;
      } catch (Exception problem) {
        throw new IOException(name + ": " + problem.getMessage(), problem);
      }
    }

    return (SYSTEM.getProcessCpuTime() - before) / 1e9;
  }

  @Override
  public void close() {
    // Nothing but arrays.
  }
}
