package convoy.jobs.spark;

import convoy.jobs.base.UserException;

/** Checks what Spark needs of this JVM. Only scripts/convoy sets it, not a bare spark-submit. */
final class DriverCheck {
  private DriverCheck() {}

  /** Sets the properties that can still be set before any native library is loaded. */
  static void setProperties() {
    JvmOptions.PROPERTIES.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
  }

  /**
   * Requires the --add-opens list. Without it Spark fails with a long trace, as in cluster deploy
   * mode on a standalone cluster.
   */
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
}
