package convoy.zoo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Neither native memory nor a thread stays when a network is closed. */
@EnabledOnOs(OS.LINUX)
class MemoryIT {
  /** Kilobytes that compiled Java code and its statistics may still take. */
  private static final long SLACK = 8192;

  private static final int NETWORKS = 100;

  /** All of the heap is resident from the start, so that it can't hide what grows. */
  private static final List<String> SMALL_HEAP =
      List.of(
          "-Xms64m",
          "-Xmx64m",
          "-XX:+AlwaysPreTouch",
          "-XX:+UseSerialGC",
          "-XX:MaxDirectMemorySize=256m");

  /** One holds about 23 MB. */
  @Test
  void aHundredNetworksLeaveNoMemoryAndNoThread() throws Exception {
    List<String> lines =
        ChildProcess.run(OpenAndClose.class, SMALL_HEAP, Map.of(), String.valueOf(NETWORKS));
    long[] memory = numbers(lines, "memory");
    long[] threads = numbers(lines, "threads");
    System.out.printf("100 networks: %s kB, %s threads%n", lines, Arrays.toString(threads));
    assertThat(memory[1] - memory[0]).isLessThan(SLACK);
    assertThat(threads[1]).isLessThanOrEqualTo(threads[0]);
  }

  private static long[] numbers(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + " "))
        .flatMapToLong(
            line -> Arrays.stream(line.split(" ", -1)).skip(1).mapToLong(Long::parseLong))
        .toArray();
  }
}
