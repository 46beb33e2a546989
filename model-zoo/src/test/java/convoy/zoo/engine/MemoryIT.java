package convoy.zoo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests that closed networks leave no native memory and no threads, and that a long training does
 * not grow.
 */
@EnabledOnOs(OS.LINUX)
class MemoryIT {
  private static final int NETWORKS = 400;

  /**
   * The limit in kilobytes. One network holds 23,000; all 400 leave 100 to 4,700 of code and free
   * lists.
   */
  private static final long SLACK = 25 * NETWORKS;

  /**
   * The kilobytes that a long training may add between a tenth of its way and its end. In practice
   * it adds about 200.
   */
  private static final long GROWTH = 1_000;

  /**
   * The whole heap is resident from the start, so that it can't hide growth. The second compiler is
   * off: it takes 5 to 15 MB for the code of a training step at an unpredictable moment and keeps
   * them, which is not growth of the training.
   */
  private static final List<String> SMALL_HEAP =
      List.of(
          "-Xms64m",
          "-Xmx64m",
          "-XX:+AlwaysPreTouch",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:MaxDirectMemorySize=256m");

  /**
   * The C library's own defaults, since Maven's settings reach the child: it maps each large block
   * and unmaps it when it is freed. A large pad would hold the block instead.
   */
  private static final Map<String, String> FREED_IS_RETURNED =
      Map.of(
          "MALLOC_MMAP_MAX_", "65536",
          "MALLOC_TRIM_THRESHOLD_", "131072",
          "MALLOC_TOP_PAD_", "131072");

  @Test
  void hundredsOfNetworksLeaveNoMemoryAndNoThread() throws Exception {
    List<String> lines =
        ChildProcess.run(OpenAndClose.class, SMALL_HEAP, Map.of(), String.valueOf(NETWORKS));
    long[] memory = numbers(lines, "memory");
    long[] threads = numbers(lines, "threads");
    System.out.printf("networks: %s kB, %s threads%n", lines, Arrays.toString(threads));
    assertThat(memory[1] - memory[0]).isLessThan(SLACK);
    assertThat(threads[1]).isLessThanOrEqualTo(threads[0]);
  }

  @Test
  void aNetworkOnSharedWeightsAddsItsWorkingMemoryAlone() throws Exception {
    List<String> lines =
        ChildProcess.run(
            ManyReaders.class, SMALL_HEAP, FREED_IS_RETURNED, "alexnet-one-tower", "4");
    long weights = numbers(lines, "weights")[0];
    long[] memory = numbers(lines, "memory");
    System.out.printf("networks on shared weights: %s%n", lines);
    assertThat(memory[0]).isGreaterThan(weights);
    assertThat(memory[3] - memory[0]).isLessThan(weights / 4);
    assertThat(memory[3] - numbers(lines, "closed")[0]).isGreaterThan(weights / 10 * 9);
  }

  /**
   * The garbage collector runs all the time, and everything that native code uses must survive it.
   */
  @Test
  @Tag("slow")
  void aTrainingHoldsNoMoreAtItsEnd() throws Exception {
    holdsNoMoreAtItsEnd("lenet5-modern", "64", "2000");
  }

  @ParameterizedTest
  @CsvSource({"lenet5-modern,64,10000", "alexnet-one-tower,4,300"})
  @Tag("soak")
  void aLongTrainingHoldsNoMoreAtItsEnd(String network, String batch, String iterations)
      throws Exception {
    holdsNoMoreAtItsEnd(network, batch, iterations);
  }

  private static void holdsNoMoreAtItsEnd(String network, String batch, String iterations)
      throws Exception {
    List<String> lines =
        ChildProcess.run(LongTraining.class, SMALL_HEAP, Map.of(), network, batch, iterations);
    long[] memory = numbers(lines, "memory");
    System.out.printf("%s iterations of %s: %s%n", iterations, network, lines);
    assertThat(memory[1] - memory[0]).isLessThan(GROWTH);
    assertThat(lines).last().asString().matches("loss \\d\\S*");
  }

  private static long[] numbers(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + " "))
        .flatMapToLong(
            line -> Arrays.stream(line.split(" ", -1)).skip(1).mapToLong(Long::parseLong))
        .toArray();
  }
}
