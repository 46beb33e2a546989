package convoy.jobs.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * An archive of the classes that Spark's JVMs load. A JVM that starts from it, and ends soon, does
 * two thirds of the work. It belongs to the tests: a cluster of users has no checkout.
 */
final class SparkClasses {
  private SparkClasses() {}

  /**
   * Returns the options of a JVM that starts Spark and ends soon. The first call takes a minute.
   */
  static String quickOptions() throws IOException, InterruptedException {
    Path folder = Path.of("target/spark-classes").toAbsolutePath();
    if (folder.toString().matches(".*\\s.*")) {
      return Launcher.QUICK; // A space would end the option.
    }

    Files.createDirectories(folder);
    // Tests of another process may need the archive at the same time.
    try (FileChannel lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock.lock();
      Path archive = folder.resolve("of-" + madeOf() + ".jsa");
      if (!Files.exists(archive)) {
        make(archive);
      }

      return options("-XX:SharedArchiveFile=" + archive);
    }
  }

  private static String options(String archive) {
    return Launcher.QUICK + " -Xlog:cds*=off " + archive;
  }

  /**
   * The JVM refuses the archive if another JVM or other jars made it, and is slow without a word.
   */
  private static String madeOf() {
    File[] jars = StandaloneCluster.SPARK.resolve("jars").toFile().listFiles();
    String listing =
        Stream.of(jars)
            .map(jar -> jar.getName() + jar.length() + jar.lastModified())
            .sorted()
            .collect(Collectors.joining());
    String jvm = System.getProperty("java.home") + System.getProperty("java.vm.version");
    return Integer.toHexString(Arrays.hashCode(new String[] {listing, jvm}));
  }

  /** Takes the classes of a JVM with a driver, a Master and a Worker, whose job is a small one. */
  private static void make(Path archive) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(archive.getParent(), "making");
    Path made = folder.resolve("jsa");
    Launcher.run(folder, "generate", "--out=in", "--classes=2", "--per-class=4", "--size=32")
        .exits(0);
    Launcher.run(
            folder,
            Map.of(
                "CONVOY_JAVA_OPTIONS",
                options("-XX:ArchiveClassesAtExit=" + made),
                "SPARK_WORKER_DIR",
                folder.resolve("work").toString()),
            "--master",
            "local-cluster[1,1,1024]",
            "--conf",
            "spark.executor.extraJavaOptions=" + Launcher.QUICK,
            "prepare",
            "--source=folder",
            "--in=" + folder.resolve("in"),
            "--out=" + folder.resolve("out"))
        .exits(0);
    Files.move(made, archive);
    FileUtils.deleteDirectory(folder.toFile());
  }
}
