package convoy.jobs.spark;

import convoy.jobs.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What this JVM needed before it started. scripts/convoy gives it; a bare spark-submit can't, and
 * what is missing is said once.
 */
final class DriverCheck {
  private DriverCheck() {}

  /** Sets what can still be set, before any native library is loaded. */
  static void setProperties() {
    JvmOptions.PROPERTIES.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
  }

  /** Spark ends in a long trace without them: in cluster deploy mode on a standalone cluster. */
  static void requireOpens() {
    if (!ModuleLayer.boot()
        .findModule("java.base")
        .orElseThrow()
        .isOpen("sun.nio.ch", DriverCheck.class.getModule())) {
      throw UserException.usage(
          "the driver's JVM lacks Spark's --add-opens list: give it with --driver-java-options '"
              + JvmOptions.appendedTo("")
              + "', or start with scripts/convoy");
    }
  }

  /**
   * One line on what a session pays for, or null.
   *
   * @param environment of this process
   * @param jnuEncoding charset of file names in this process
   */
  static String warning(Map<String, String> environment, String jnuEncoding, boolean local) {
    List<String> missing = new ArrayList<>();
    if (local && !"0".equals(environment.get("MALLOC_MMAP_MAX_"))) {
      missing.add(
          "MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=100000000000 MALLOC_TOP_PAD_=268435456"
              + " MALLOC_ARENA_MAX=1 (training in this process takes up to twice as long)");
    }

    if (!"UTF-8".equalsIgnoreCase(jnuEncoding)) {
      missing.add(
          "LC_ALL=C.UTF-8 (local file names with other than ASCII letters can't be opened)");
    }

    return missing.isEmpty()
        ? null
        : "the driver's environment lacks "
            + String.join(" and ", missing)
            + "; scripts/convoy sets it";
  }
}
