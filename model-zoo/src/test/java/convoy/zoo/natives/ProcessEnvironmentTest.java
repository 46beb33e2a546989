package convoy.zoo.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessEnvironmentTest {
  private static final Map<String, String> AS_THE_LAUNCHER =
      Map.of(
          "MALLOC_MMAP_MAX_", "0",
          "MALLOC_TRIM_THRESHOLD_", "100000000000",
          "MALLOC_TOP_PAD_", "268435456",
          "MALLOC_ARENA_MAX", "1",
          "GOMP_SPINCOUNT", "10000");

  private static ProcessEnvironment with(String name, String value) {
    Map<String, String> variables = new HashMap<>(AS_THE_LAUNCHER);
    variables.put(name, value);
    return new ProcessEnvironment(variables, "UTF-8");
  }

  @Test
  void whatTheLauncherSetsIsComplete() {
    ProcessEnvironment complete = new ProcessEnvironment(AS_THE_LAUNCHER, "UTF-8");
    assertThat(complete.warnings(2)).isEmpty();
    assertThat(complete.refusal(1)).isNull();
  }

  @Test
  void eachMissingSettingIsOneLineWithItsCostAndRemedy() {
    Map<String, String> warnings = new ProcessEnvironment(Map.of(), "ANSI_X3.4-1968").warnings(2);
    assertThat(warnings).containsOnlyKeys("malloc", "GOMP_SPINCOUNT", "locale");
    assertThat(warnings.values())
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith("the environment lacks ")
                    .contains("scripts/convoy sets it", "spark.executorEnv.*")
                    .doesNotContain("\n"));
    assertThat(warnings.get("malloc"))
        .contains(
            "MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=100000000000 MALLOC_TOP_PAD_=268435456"
                + " MALLOC_ARENA_MAX=1: ",
            "twice as long");
    assertThat(warnings.get("locale")).contains("LC_ALL=C.UTF-8");
  }

  @ParameterizedTest
  @CsvSource({
    "MALLOC_MMAP_MAX_,65536",
    "MALLOC_TRIM_THRESHOLD_,131072",
    "MALLOC_TOP_PAD_,''",
    "MALLOC_ARENA_MAX,many"
  })
  void aSettingOfMallocWithAnotherValueIsNamedAlone(String name, String value) {
    assertThat(with(name, value).warnings(1))
        .hasEntrySatisfying(
            "malloc",
            line -> assertThat(line).contains("lacks " + name + "=").containsOnlyOnce("MALLOC_"));
  }

  @Test
  void nativeThreadsThatSpinOrSleepAtOnceAreSaidWhereThereIsMoreThanOne() {
    assertThat(with("GOMP_SPINCOUNT", "INFINITY").warnings(2).get("GOMP_SPINCOUNT"))
        .contains("600 images/s instead of 11,000");
    assertThat(with("GOMP_SPINCOUNT", "0").warnings(2).get("GOMP_SPINCOUNT"))
        .contains("GOMP_SPINCOUNT=0", "a quarter");
    assertThat(with("GOMP_SPINCOUNT", "").warnings(1)).isEmpty();
  }

  @Test
  void theWaitPolicyCountsWhereNoNumberIsGiven() {
    Map<String, String> variables = new HashMap<>(AS_THE_LAUNCHER);
    variables.put("OMP_WAIT_POLICY", "PASSIVE");
    assertThat(new ProcessEnvironment(variables, "UTF-8").warnings(2)).isEmpty();
    variables.remove("GOMP_SPINCOUNT");
    assertThat(new ProcessEnvironment(variables, "UTF-8").warnings(2).get("GOMP_SPINCOUNT"))
        .contains("OMP_WAIT_POLICY=passive: native threads sleep at once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "Cooperlake", "COOPERLAKE"})
  void kernelsWithWrongResultsAreRefused(String core) {
    assertThat(with("OPENBLAS_CORETYPE", core).refusal(1))
        .startsWith("OPENBLAS_CORETYPE is '" + core + "'")
        .contains("wrong results", "unset it");
  }

  @Test
  void otherKernelsAreTheUsersChoice() {
    assertThat(with("OPENBLAS_CORETYPE", "Haswell").refusal(1)).isNull();
  }

  @Test
  void fewerNativeThreadsThanANetworkNeedsAreRefused() {
    assertThat(with("OMP_THREAD_LIMIT", "1").refusal(2))
        .startsWith("OMP_THREAD_LIMIT is 1, and a network needs 2 native threads: unset it");
    assertThat(with("OMP_THREAD_LIMIT", "2").refusal(2)).isNull();
    assertThat(with("OMP_THREAD_LIMIT", "none").refusal(2))
        .isNull(); // This is how libgomp reads it.
  }
}
