package convoy.benchmarks.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.io.FileUtils;

/**
 * The hosts of a row with what runs on them and the folder of their files. Host 0 is the driver's.
 *
 * @param spark home of Spark, with the folder jars
 */
record Hosts(Links links, Programs programs, Path spark, Path folder) implements AutoCloseable {
  /** Files in memory: several executors on one disk would wait for each other. */
  private static final Path IN_MEMORY = Path.of("/dev/shm");

  /** Makes a host for each worker and one for the driver. */
  Hosts(Setting setting) throws IOException {
    this(setting, Path.of(System.getProperty("convoy.spark")), newFolder());
  }

  private Hosts(Setting setting, Path spark, Path folder) throws IOException {
    this(
        Links.up(setting.workers() + 1, setting.gigabits()),
        new Programs(
            folder,
            Map.of(
                "SPARK_HOME",
                spark.toString(),
                "SPARK_SCALA_VERSION",
                "2.12",
                "SPARK_LOCAL_DIRS",
                folder.resolve("local").toString(),
                "LC_ALL",
                "C.UTF-8")),
        spark,
        folder);
  }

  private static Path newFolder() throws IOException {
    String name = "bench-exchange-";
    return Files.isWritable(IN_MEMORY)
        ? Files.createTempDirectory(IN_MEMORY, name)
        : Files.createTempDirectory(name);
  }

  @Override
  public void close() {
    programs.close();
    links.close();
    FileUtils.deleteQuietly(folder.toFile());
  }
}
