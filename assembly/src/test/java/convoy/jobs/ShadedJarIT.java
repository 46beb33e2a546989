package convoy.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ShadedJarIT {
  private static final Path JAR = Path.of("../jobs/target/convoy.jar");
  private static final Path LIST = Path.of("src/test/resources/convoy.jar.txt");
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
        .as("%s differs; to renew it: cp assembly/%s assembly/%s", LIST, ACTUAL, LIST)
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

  @Test
  void everyFileComesFromAnArtifactThatTheLicensesName() throws IOException {
    String named = read("META-INF/THIRD-PARTY.txt");
    List<String> unnamed = new ArrayList<>();
    for (String name : entries) {
      String original =
          name.replaceFirst("^convoy/shaded/jackson/", "com/fasterxml/jackson/")
              .replaceFirst("^convoy/shaded/snakeyaml/", "org/yaml/snakeyaml/");
      boolean checked = name.endsWith(".class") || isNative(name);
      // Nd4jCpu belongs to model-zoo, although it is in ND4J's package.
      boolean own =
          original.matches("convoy/.*|org/nd4j/nativeblas/(Nd4jCpu.*|package-info.class)");
      if (checked && !own && !isNamed(original, named)) {
        unnamed.add(name);
      }
    }

    assertThat(unnamed).as("files of artifacts that META-INF/THIRD-PARTY.txt lacks").isEmpty();
  }

  @Test
  void artifactsInsideOthersAreNamedToo() throws IOException {
    String named = read("META-INF/THIRD-PARTY.txt");

    assertThat(entries.stream().filter(name -> name.matches("META-INF/maven/.*/pom.properties")))
        .filteredOn(name -> !name.startsWith("META-INF/maven/convoy/"))
        .hasSizeGreaterThan(30)
        .allMatch(
            name ->
                named.contains(
                    name.replaceAll("META-INF/maven/|/pom.properties", "").replace('/', ':')));
  }

  @Test
  void licensesThatAreReferredToAreThere() throws IOException {
    String named = read("META-INF/THIRD-PARTY.txt");
    Matcher files = Pattern.compile("(META-INF|org)/[\\w./-]*\\w").matcher(named);
    List<String> referredTo = files.results().map(MatchResult::group).distinct().toList();

    assertThat(referredTo)
        .hasSizeGreaterThan(10)
        .allMatch(file -> entries.stream().anyMatch(name -> (name + "/").startsWith(file + "/")));
    assertThat(named.lines().filter(line -> line.matches("[\\w.-]+:[\\w.-]+:\\S+ .*")))
        .hasSizeGreaterThan(25)
        .allMatch(line -> line.contains(" Apache-2.0") || line.endsWith(" MIT"));
    assertThat(read("META-INF/LICENSE")).isEqualTo(Files.readString(Path.of("../LICENSE")));
    assertThat(read("META-INF/NOTICE")).startsWith("Convoy\n").contains("Tatu Saloranta");
  }

  /** Returns whether the list names one of the test's jars that contain this file. */
  private static boolean isNamed(String file, String list) throws IOException {
    for (URL place : Collections.list(ShadedJarIT.class.getClassLoader().getResources(file))) {
      // The place looks like .../ARTIFACT/VERSION/ARTIFACT-VERSION.jar!/FILE.
      Matcher jar =
          Pattern.compile("/([^/]+)/([^/]+)/\\1-\\2[^/]*\\.jar!/").matcher(place.toString());
      if (jar.find() && list.contains(":" + jar.group(1) + ":" + jar.group(2) + " ")) {
        return true;
      }
    }

    return false;
  }

  private static String read(String entry) throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile());
        InputStream in = jar.getInputStream(jar.getEntry(entry))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Lists natives and files by name, other projects' classes by package and number, and Convoy's
   * own classes by package.
   */
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
