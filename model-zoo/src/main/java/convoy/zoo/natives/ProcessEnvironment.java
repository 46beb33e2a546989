package convoy.zoo.natives;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The environment variables that native libraries read when a process starts, and which Java can't
 * set later. This class only decides what is wrong; {@link EnvironmentCheck} reports it. {@code
 * OMP_NUM_THREADS} is not checked, because every network sets its native threads itself.
 *
 * @param variables of the process
 * @param fileNameCharset {@code sun.jnu.encoding}
 */
public record ProcessEnvironment(Map<String, String> variables, String fileNameCharset) {
  /**
   * The values that scripts/convoy and the Spark session set. Libraries read them when they start.
   */
  private static final Map<String, String> SETTINGS = new LinkedHashMap<>();

  private static final String MALLOC = "MALLOC_";
  private static final String SPINCOUNT = "GOMP_SPINCOUNT";

  static {
    // Without these, glibc returns large buffers to the kernel after each layer, and page faults
    // take half of the time of a training step.
    SETTINGS.put("MALLOC_MMAP_MAX_", "0");
    SETTINGS.put("MALLOC_TRIM_THRESHOLD_", "100000000000");
    SETTINGS.put("MALLOC_TOP_PAD_", "268435456");
    SETTINGS.put("MALLOC_ARENA_MAX", "1");
    // Without this, waiting native threads spin for 300,000 turns. Beside other programs, two such
    // threads were 20 times slower than one.
    SETTINGS.put(SPINCOUNT, "10000");
    SETTINGS.put("LC_ALL", "C.UTF-8");
    // Convoy says itself what is wrong with a picture; OpenCV would print its own lines beside it.
    SETTINGS.put("OPENCV_LOG_LEVEL", "SILENT");
  }

  /** The number of turns that a waiting native thread may spin before it sleeps. */
  private static final long MOST_TURNS = 10_000;

  private static final String CORETYPE = "OPENBLAS_CORETYPE";
  private static final String LIMIT = "OMP_THREAD_LIMIT";
  private static final String REMEDY =
      "; scripts/convoy sets it, elsewhere export it before the JVM starts (executors:"
          + " spark.executorEnv.*)";

  public ProcessEnvironment {
    variables = Map.copyOf(variables);
  }

  /** Maps each variable to the value that a computing process should have. */
  public static Map<String, String> settings() {
    return Collections.unmodifiableMap(SETTINGS);
  }

  public static ProcessEnvironment ofThisProcess() {
    return new ProcessEnvironment(System.getenv(), System.getProperty("sun.jnu.encoding"));
  }

  /**
   * Returns one line for each setting that costs something, by the name of the setting. The line
   * tells the setting, its cost and the remedy.
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
              + ": glibc returns large buffers to the kernel and training takes up to twice as long"
              + " with engine.name nd4j, a little longer with plan"
              + REMEDY);
    }

    if (threads > 1) {
      spinning(lines);
    }

    lines.putAll(fileNames());
    return lines;
  }

  /** Returns only the line about file names, if there is one. */
  Map<String, String> fileNames() {
    return "UTF-8".equalsIgnoreCase(fileNameCharset)
        ? Map.of()
        : Map.of(
            "locale",
            "the environment lacks LC_ALL=C.UTF-8: local files whose names have other"
                + " than ASCII letters can't be opened"
                + REMEDY);
  }

  /**
   * Returns the variables of malloc that hold no number or one that costs speed. Most of them are
   * sizes, where a larger number is better; for a limit a smaller one is better.
   */
  private List<String> missingMalloc() {
    List<String> missing = new ArrayList<>();
    SETTINGS.forEach(
        (name, value) -> {
          if (!name.startsWith(MALLOC)) {
            return;
          }

          long wanted = Long.parseLong(value);
          long there = number(name, -1);
          boolean limit = wanted <= 1; // The other variables are sizes.
          if (there < 0 || (limit ? there > wanted : there < wanted)) {
            missing.add(name + "=" + value);
          }
        });
    return missing;
  }

  private void spinning(Map<String, String> lines) {
    boolean passive = "passive".equalsIgnoreCase(variables.get("OMP_WAIT_POLICY"));
    // If GOMP_SPINCOUNT holds no number, libgomp follows the wait policy.
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
   * Returns why this process must not compute at all, or null if it may.
   *
   * @param threads native threads of a network
   */
  public String refusal(int threads) {
    String coretype = wrongKernels();
    return coretype == null ? tooFewThreads(threads) : coretype;
  }

  /** This variable makes OpenBLAS choose kernels that gave wrong results without any error. */
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

  /** oneDNN would divide its work among threads that never start, and the process would crash. */
  private String tooFewThreads(int threads) {
    long limit = number(LIMIT, 0);
    return limit == 0 || limit >= threads
        ? null
        : ("OMP_THREAD_LIMIT is %d, and a network needs %d native threads: unset it, or take"
                + " fewer cores for a worker (training.coresPerWorker, spark.task.cpus)")
            .formatted(limit, threads);
  }
}
