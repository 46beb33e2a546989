package convoy.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ShadedJarIT {
  private static final Path JAR = Path.of("target/convoy.jar");
  private static final Path LIST = Path.of("src/test/resources/convoy/jobs/convoy.jar.txt");
  private static final Path ACTUAL = Path.of("target/convoy.jar.txt");

  private static List<String> entries;

  @BeforeAll
  static void readEntries() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      entries = jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
    }
  }

  @Test
  void whatIsInsideIsTheCheckedInList() throws IOException {
    List<String> content = content();
    Files.write(ACTUAL, content, StandardCharsets.UTF_8);

    assertThat(content)
        .as("%s differs; to renew it: cp jobs/%s jobs/%s", LIST, ACTUAL, LIST)
        .isEqualTo(Files.readAllLines(LIST, StandardCharsets.UTF_8));
  }

  @Test
  void theClustersOwnClassesStayOutside() {
    assertThat(entries)
        .noneMatch(
            name ->
                name.matches(
                    "(org/apache/(spark|hadoop|parquet|logging|log4j)|org/slf4j|scala"
                        + "|com/esotericsoftware|com/twitter|com/fasterxml|org/yaml)/.*"));
  }

  @Test
  void nativesAreThoseOfOnePlatform() {
    assertThat(entries.stream().filter(ShadedJarIT::isNative))
        .isNotEmpty()
        .allMatch(name -> name.contains("/linux-x86_64"));
  }

  @Test
  void itIsNotSignedAndStartsWithMain() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo("convoy.jobs.Main");
    }

    assertThat(entries).noneMatch(name -> name.matches("META-INF/.*\\.(SF|RSA|DSA)"));
  }

  /** Natives and files by name; classes of others by package and number, our own by package. */
  private static List<String> content() {
    TreeSet<String> content = new TreeSet<>();
    Map<String, Integer> classes = new TreeMap<>();
    for (String name : entries) {
      if (isNative(name)) {
        content.add("native  " + name);
      } else if (!name.endsWith(".class")) {
        content.add("file    " + name);
      } else if (name.startsWith("convoy/") && !name.startsWith("convoy/shaded/")) {
        content.add("own     " + name.replaceFirst("(convoy/\\w+)/.*", "$1"));
      } else {
        classes.merge(name.replaceFirst("^((?:[^/]+/){1,3}).*", "$1"), 1, Integer::sum);
      }
    }

    classes.forEach((folder, count) -> content.add("classes " + folder + " " + count));
    return List.copyOf(content);
  }

  private static boolean isNative(String name) {
    return name.matches(".*\\.(so|dll|dylib|jnilib)(\\.[\\d.]+)?");
  }
}
