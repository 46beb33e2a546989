package convoy.jobs.network;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.cluster.Finished;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages of a process that opens networks in an environment without variables. */
class EnvironmentCheckIT {
  @TempDir private Path folder;

  @Test
  void aBareProcessSaysOnceWhatEachMissingSettingCosts() throws Exception {
    Map<String, String> bare = new HashMap<>();
    for (String name :
        List.of(
            "MALLOC_MMAP_MAX_",
            "MALLOC_TRIM_THRESHOLD_",
            "MALLOC_TOP_PAD_",
            "MALLOC_ARENA_MAX",
            "GOMP_SPINCOUNT",
            "LC_ALL",
            "LANG")) {
      bare.put(name, null);
    }

    Finished process = opened(bare, 2).exits(0);
    assertThat(process.out()).isEqualTo("opened\n");
    assertThat(process.err().lines())
        .filteredOn(line -> line.contains("the environment lacks"))
        .hasSize(3)
        .allMatch(line -> line.contains(" WARN EnvironmentCheck: "))
        .anyMatch(line -> line.contains("MALLOC_MMAP_MAX_=0"))
        .anyMatch(line -> line.contains("GOMP_SPINCOUNT=10000"))
        .anyMatch(line -> line.contains("LC_ALL=C.UTF-8"));
  }

  @Test
  void aProcessAsTheLauncherStartsItSaysNothing() throws Exception {
    Finished process = opened(Map.of(), 2).exits(0);
    assertThat(process.err()).doesNotContain("environment");
  }

  @Test
  void nothingIsComputedWithKernelsThatGiveWrongResults() throws Exception {
    Finished process = opened(Map.of("OPENBLAS_CORETYPE", ""), 1).exits(1);
    assertThat(process.out()).isEmpty();
    assertThat(process.err()).contains("EngineException: OPENBLAS_CORETYPE is ''");
  }

  /** oneDNN crashes the process otherwise. */
  @Test
  void fewerNativeThreadsThanANetworkNeedsEndWithOneLine() throws Exception {
    Finished process = opened(Map.of("OMP_THREAD_LIMIT", "1"), 2).exits(1);
    assertThat(process.err()).contains("EngineException: OMP_THREAD_LIMIT is 1, and a network");
    opened(Map.of("OMP_THREAD_LIMIT", "2"), 2).exits(0);
  }

  /** Each allows smaller teams than were asked for. */
  @ParameterizedTest
  @CsvSource({"OMP_DYNAMIC,true", "OMP_MAX_ACTIVE_LEVELS,0", "OMP_NUM_THREADS,1"})
  void otherSettingsOfOpenMpAreHarmless(String name, String value) throws Exception {
    Finished process = opened(Map.of(name, value), 2).exits(0);
    assertThat(process.out()).isEqualTo("opened\n");
  }

  private Finished opened(Map<String, String> environment, int threads)
      throws IOException, InterruptedException {
    return java(environment, OpenNetworks.class.getName(), Integer.toString(threads));
  }

  @Test
  void aCommandEndsWithTwoBeforeItDoesAnything() throws Exception {
    assertThat(
            java(Map.of("OPENBLAS_CORETYPE", "Cooperlake"), "convoy.jobs.Main", "version")
                .exits(2)
                .err())
        .startsWith("convoy version: OPENBLAS_CORETYPE is 'Cooperlake', ")
        .containsOnlyOnce("\n");
  }

  private Finished java(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"));
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(arguments));
    return Finished.run(Duration.ofMinutes(2), environment, folder, all);
  }
}
