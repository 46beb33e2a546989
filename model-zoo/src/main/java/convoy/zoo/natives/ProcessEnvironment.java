package convoy.zoo.natives;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What native libraries read when a process starts, and Java can't set any more. A decision only:
 * {@link EnvironmentCheck} tells it. {@code OMP_NUM_THREADS} is not among it, as every network sets
 * its native threads itself.
 *
 * @param variables of the process
 * @param fileNameCharset {@code sun.jnu.encoding}
 */
public record ProcessEnvironment(Map<String, String> variables, String fileNameCharset) {
  /** As scripts/convoy and the Spark session set them; libraries read them at their start. */
  private static final Map<String, String> SETTINGS = new LinkedHashMap<>();

  private static final String MALLOC = "MALLOC_";
  private static final String SPINCOUNT = "GOMP_SPINCOUNT";

  static {
    // glibc gives big buffers back to the kernel after each layer otherwise: page faults took half
    // of the time of a training step.
    SETTINGS.put("MALLOC_MMAP_MAX_", "0");
    SETTINGS.put("MALLOC_TRIM_THRESHOLD_", "100000000000");
    SETTINGS.put("MALLOC_TOP_PAD_", "268435456");
    SETTINGS.put("MALLOC_ARENA_MAX", "1");
    // Native threads that wait spin for 300,000 turns otherwise: beside other programs two of them
    // were 20 times slower than one.
    SETTINGS.put(SPINCOUNT, "10000");
    SETTINGS.put("LC_ALL", "C.UTF-8");
  }

  /** Turns that a waiting native thread spins before it sleeps. */
  private static final long MOST_TURNS = 10_000;

  private static final String CORETYPE = "OPENBLAS_CORETYPE";
  private static final String LIMIT = "OMP_THREAD_LIMIT";
  private static final String REMEDY =
      "; scripts/convoy sets it, elsewhere export it before the JVM starts (executors:"
          + " spark.executorEnv.*)";

  public ProcessEnvironment {
    variables = Map.copyOf(variables);
  }

  /** What a process that computes should find, by variable. */
  public static Map<String, String> settings() {
    return Collections.unmodifiableMap(SETTINGS);
  }

  /** Of this process. */
  public static ProcessEnvironment ofThisProcess() {
    return new ProcessEnvironment(System.getenv(), System.getProperty("sun.jnu.encoding"));
  }

  /**
   * One line for each setting that costs something: which, what and the remedy; by the setting's
   * name.
   *
   * @param threads native threads of a network
   */
  Map<String, String> warnings(int threads) {
    Map<String, String> lines = new LinkedHashMap<>();
    List<String> malloc = missingMalloc();
    if (!malloc.isEmpty()) {
      lines.put(
          "malloc",
          "the environment lacks "
              + String.join(" ", malloc)
              + ": glibc gives big buffers back to the kernel and training takes up to twice as long"
              + " with engine.name nd4j, a little longer with plan"
              + REMEDY);
    }

    if (threads > 1) {
      spinning(lines);
    }

    lines.putAll(fileNames());
    return lines;
  }

  /** The line about names of files alone, where there is one. */
  Map<String, String> fileNames() {
    return "UTF-8".equalsIgnoreCase(fileNameCharset)
        ? Map.of()
        : Map.of(
            "locale",
            "the environment lacks LC_ALL=C.UTF-8: local file names with other than ASCII letters"
                + " can't be opened"
                + REMEDY);
  }

  /** The variables of malloc that have no number, or a smaller one, where larger is better. */
  private List<String> missingMalloc() {
    List<String> missing = new ArrayList<>();
    SETTINGS.forEach(
        (name, value) -> {
          if (!name.startsWith(MALLOC)) {
            return;
          }

          long wanted = Long.parseLong(value);
          long there = number(name, -1);
          boolean limit = wanted <= 1; // The others are sizes.
          if (there < 0 || (limit ? there > wanted : there < wanted)) {
            missing.add(name + "=" + value);
          }
        });
    return missing;
  }

  private void spinning(Map<String, String> lines) {
    boolean passive = "passive".equalsIgnoreCase(variables.get("OMP_WAIT_POLICY"));
    // libgomp takes the policy where there is no number.
    long turns = number(SPINCOUNT, passive ? 0 : Long.MAX_VALUE);
    if (turns > MOST_TURNS) {
      lines.put(
          SPINCOUNT,
          "the environment lacks GOMP_SPINCOUNT=10000: native threads that wait keep their cores,"
              + " and beside other programs two of them trained LeNet-5 at 600 images/s instead of"
              + " 11,000"
              + REMEDY);
    } else if (turns == 0) {
      lines.put(
          SPINCOUNT,
          ("the environment has %s: native threads sleep at once, which costs LeNet-5 a quarter of"
                  + " its speed; GOMP_SPINCOUNT=10000 doesn't%s")
              .formatted(
                  passive && number(SPINCOUNT, -1) < 0
                      ? "OMP_WAIT_POLICY=passive"
                      : "GOMP_SPINCOUNT=0",
                  REMEDY));
    }
  }

  private long number(String name, long otherwise) {
    String value = variables.getOrDefault(name, "").strip();
    return value.matches("\\d{1,18}") ? Long.parseLong(value) : otherwise;
  }

  /**
   * Why nothing may be computed here, or null.
   *
   * @param threads native threads of a network
   */
  public String refusal(int threads) {
    String coretype = wrongKernels();
    return coretype == null ? tooFewThreads(threads) : coretype;
  }

  /** OpenBLAS chooses kernels by this variable that gave wrong results, without a word. */
  private String wrongKernels() {
    String core = variables.get(CORETYPE);
    if (core == null) {
      return null;
    }

    String name = core.strip().toLowerCase(Locale.ROOT);
    if (!name.isEmpty() && !name.equals("cooperlake")) {
      return null;
    }

    return ("OPENBLAS_CORETYPE is '%s', which chooses kernels with wrong results: unset it (an"
            + " executor has it from its Spark worker or from spark.executorEnv.*)")
        .formatted(core);
  }

  /** oneDNN divides its work by threads that never come, and the process crashes. */
  private String tooFewThreads(int threads) {
    long limit = number(LIMIT, 0);
    return limit == 0 || limit >= threads
        ? null
        : ("OMP_THREAD_LIMIT is %d, and a network is to have %d native threads: unset it, or take"
                + " fewer cores for a worker (training.coresPerWorker, spark.task.cpus)")
            .formatted(limit, threads);
  }
}
