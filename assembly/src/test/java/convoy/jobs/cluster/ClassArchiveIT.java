package convoy.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The archive of classes that the build makes and scripts/convoy gives to its JVM. */
class ClassArchiveIT {
  private static final String LAST_LINE = "\narchive of 0123456789abcdef\n";

  @TempDir private static Path folder;
  private static Path checkout;
  private static Path jar;
  private static Path archive;
  private static byte[] wholeArchive;
  private static FileTime jarTime;
  private static String printed;

  /** What a command did, and how many of its classes came from the archive. */
  private record Loaded(Finished finished, long fromArchive) {}

  /** Makes a checkout with an archive of the few classes that one command loads. */
  @BeforeAll
  static void makeAnArchive() throws Exception {
    checkout = folder.resolve("checkout");
    Path target = Files.createDirectories(checkout.resolve("jobs/target"));
    Files.createDirectory(checkout.resolve("scripts"));
    Files.copy(Launcher.HOME.resolve("scripts/convoy"), checkout.resolve("scripts/convoy"));
    Files.createSymbolicLink(target.resolve("spark"), Launcher.HOME.resolve("jobs/target/spark"));
    jar = target.resolve("convoy.jar");
    Files.copy(Launcher.HOME.resolve("jobs/target/convoy.jar"), jar);
    jarTime = Files.getLastModifiedTime(jar);
    archive = target.resolve("convoy.jsa");
    Path made = folder.resolve("made");
    printed = version(Map.of(), "-Xlog:cds*=off -XX:ArchiveClassesAtExit=" + made).finished().out();
    byte[] end = LAST_LINE.getBytes(StandardCharsets.US_ASCII);
    Files.copy(made, archive);
    archive.toFile().setWritable(true);
    Files.write(archive, end, StandardOpenOption.APPEND);
    wholeArchive = Files.readAllBytes(archive);
  }

  @Test
  void commandsTakeMostClassesFromTheArchiveOfTheBuild() throws Exception {
    Launcher.run(folder, "generate", "--out=in", "--classes=2", "--per-class=2", "--size=16")
        .exits(0);
    Path log = folder.resolve("prepare.txt");
    Launcher.run(
            folder,
            Map.of("CONVOY_JAVA_OPTIONS", Launcher.QUICK + " -Xlog:class+load:file=" + log),
            "prepare",
            "--source=folder",
            "--in=in",
            "--out=dataset")
        .exits(0);
    assertThat(fromArchive(log)).isGreaterThan(5000);
  }

  @Test
  void theUsersOptionsWin() throws Exception {
    restore();
    assertThat(version(Map.of(), "").fromArchive()).isGreaterThan(1000);
    assertThat(version(Map.of(), "-Xshare:off").fromArchive()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no archive",
        "empty archive",
        "cut archive",
        "changed archive",
        "archive of another JVM",
        "jar of another time",
        "another jar",
        "another Spark",
        "configuration of Hadoop",
        "another layout of pointers"
      })
  void anArchiveThatDoesNotFitIsIgnoredWithoutALine(String what) throws Exception {
    restore();
    Map<String, String> environment = new HashMap<>();
    String option = "";
    switch (what) {
      case "no archive" -> Files.delete(archive);
      case "empty archive" -> Files.write(archive, new byte[0]);
      case "cut archive" -> cut();
      case "changed archive" -> change(wholeArchive.length / 2);
      case "archive of another JVM" -> change(indexOf("OpenJDK"));
      case "jar of another time" ->
          Files.setLastModifiedTime(jar, FileTime.fromMillis(jarTime.toMillis() + 5000));
      case "another jar" -> {
        Files.write(jar, new byte[1], StandardOpenOption.APPEND);
        Files.setLastModifiedTime(jar, jarTime);
      }
      case "another Spark" -> environment.put("SPARK_HOME", anotherSpark().toString());
      case "configuration of Hadoop" -> environment.put("HADOOP_CONF_DIR", folder.toString());
      case "another layout of pointers" -> option = "-XX:-UseCompressedOops";
      default -> throw new IllegalArgumentException(what);
    }

    Loaded loaded = version(environment, option);
    assertThat(loaded.fromArchive()).isZero();
    assertThat(loaded.finished().err()).isEmpty();
    assertThat(loaded.finished().out()).isEqualTo(printed);
  }

  private static void cut() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
      file.setLength(wholeArchive.length / 2);
    }
  }

  private static void change(int at) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
      file.seek(at);
      file.write(~wholeArchive[at]);
    }
  }

  private static int indexOf(String text) {
    return new String(wholeArchive, StandardCharsets.ISO_8859_1).indexOf(text);
  }

  private static Path anotherSpark() throws IOException {
    Path spark = Files.createDirectories(folder.resolve("spark"));
    Path jars = spark.resolve("jars");
    if (!Files.exists(jars)) {
      Files.createSymbolicLink(jars, Launcher.HOME.resolve("jobs/target/spark/jars"));
    }

    return spark;
  }

  private static void restore() throws IOException {
    Files.write(archive, wholeArchive);
    Path built = Launcher.HOME.resolve("jobs/target/convoy.jar");
    if (Files.size(jar) != Files.size(built)) {
      Files.copy(built, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    Files.setLastModifiedTime(jar, jarTime);
  }

  private static Loaded version(Map<String, String> environment, String options)
      throws IOException, InterruptedException {
    Path log = folder.resolve("version.txt");
    Map<String, String> all = new HashMap<>();
    for (String name : List.of("SPARK_HOME", "SPARK_CONF_DIR", "HADOOP_CONF_DIR")) {
      all.put(name, null);
    }

    all.putAll(environment);
    all.put(
        "CONVOY_JAVA_OPTIONS", Launcher.QUICK + " " + options + " -Xlog:class+load:file=" + log);
    Finished finished =
        Finished.run(
                Duration.ofMinutes(1),
                all,
                folder,
                List.of(checkout.resolve("scripts/convoy").toString(), "version"))
            .exits(0);
    return new Loaded(finished, fromArchive(log));
  }

  private static long fromArchive(Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.endsWith("source: shared objects file (top)")).count();
    }
  }
}
