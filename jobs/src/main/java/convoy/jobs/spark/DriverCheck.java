package convoy.jobs.spark;

import convoy.jobs.base.UserException;

/** What Spark needs of this JVM. scripts/convoy gives it; a bare spark-submit can't. */
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
}
