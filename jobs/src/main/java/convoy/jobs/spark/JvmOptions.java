package convoy.jobs.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Options that every JVM of Convoy needs. The pom and scripts/convoy have the same list. */
public final class JvmOptions {
  /** Packages that Spark, Kryo and ND4J access by reflection on Java 17. */
  static final List<String> OPENS =
      List.of(
          "java.base/java.lang",
          "java.base/java.lang.invoke",
          "java.base/java.lang.reflect",
          "java.base/java.io",
          "java.base/java.net",
          "java.base/java.nio",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/jdk.internal.ref",
          "java.base/sun.nio.ch",
          "java.base/sun.nio.cs",
          "java.base/sun.security.action",
          "java.base/sun.util.calendar",
          "java.security.jgss/sun.security.krb5");

  /** System properties with their values. */
  static final Map<String, String> PROPERTIES =
      new TreeMap<>(
          Map.of(
              // 0 means no limit. JavaCPP's own limit, the heap's size, ends executors too early.
              "org.bytedeco.javacpp.logger", "slf4j",
              "org.bytedeco.javacpp.maxBytes", "0",
              "org.bytedeco.javacpp.maxPhysicalBytes", "0",
              // The only variant of natives in the jar. Without it each start searches the jars for
              // those of NVIDIA.
              "org.bytedeco.javacpp.platform.extension", "-onednn-avx2",
              // DL4J's layers use oneDNN only with this setting.
              "org.eclipse.deeplearning4j.helpers.disable", "false",
              // Its dumps need libraries that aren't in the jar and leave files in the folder.
              "org.deeplearning4j.crash.reporting.enabled", "false",
              "jdk.reflect.useDirectMethodHandle", "false",
              "java.awt.headless", "true",
              "file.encoding", "UTF-8"));

  private JvmOptions() {}

  /** The user's options, then those of Convoy that they don't name. */
  public static String appendedTo(String given) {
    List<String> all = new ArrayList<>();
    if (!given.isBlank()) {
      all.add(given.strip());
    }

    OPENS.forEach(module -> all.add("--add-opens=" + module + "=ALL-UNNAMED"));
    PROPERTIES.forEach(
        (name, value) -> {
          if (!given.contains("-D" + name + "=")) {
            all.add("-D" + name + "=" + value);
          }
        });
    return String.join(" ", all);
  }
}
