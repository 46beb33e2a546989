package convoy.benchmarks.data;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;

/** A way in this process. The work of the compiler and the garbage collector counts. */
record JavaWay(String name, List<byte[]> files, Work work) implements Way {
  /**
   * The process's clock has ticks of hundredths of a second, and a pass over the sample takes
   * twelve of them.
   */
  private static final int TIMES = 5;

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** The work for one file. */
  @FunctionalInterface
  interface Work {
    void on(byte[] file) throws Exception;
  }

  @Override
  public double pass() throws IOException {
    long before = SYSTEM.getProcessCpuTime();
    for (int time = 0; time < TIMES; time++) {
      once();
    }

    return (SYSTEM.getProcessCpuTime() - before) / 1e9 / TIMES;
  }

  private void once() throws IOException {
    for (byte[] file : files) {
      try {
        work.on(file);
      } catch (IOException | RuntimeException problem) {
        throw problem;
      } catch (Exception problem) {
        throw new IOException(name + ": " + problem.getMessage(), problem);
      }
    }
  }

  @Override
  public void close() {
    // There are only arrays, so nothing needs closing.
  }
}
