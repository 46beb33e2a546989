package convoy.data.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.image.Decoder;
import convoy.data.image.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorTest {
  @TempDir Path folder;

  @Test
  void picturesStandInClassFoldersOfTwoSplits() throws Exception {
    Generator.Generated generated = Generator.write(folder, 3, 15, 32, 1);

    assertThat(generated)
        .isEqualTo(new Generator.Generated(List.of("circle", "square", "triangle"), 45, 9));
    Map<String, String> hashes = hashes(folder);
    assertThat(hashes).hasSize(54);
    assertThat(hashes.keySet())
        .contains("train/circle/0000.jpg", "train/triangle/0014.jpg", "val/square/0002.jpg")
        .doesNotContain("val/square/0003.jpg");
  }

  @Test
  void atLeastTwoPicturesAreHeldOut() throws Exception {
    assertThat(Generator.write(folder, 2, 1, 16, 1).valPictures()).isEqualTo(4);
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() throws Exception {
    Generator.write(folder.resolve("a"), 4, 6, 40, 7);
    Generator.write(folder.resolve("b"), 4, 6, 40, 7);
    Generator.write(folder.resolve("c"), 4, 6, 40, 8);

    Map<String, String> first = hashes(folder.resolve("a"));
    assertThat(hashes(folder.resolve("b"))).isEqualTo(first);
    assertThat(hashes(folder.resolve("c")).values()).doesNotContainAnyElementsOf(first.values());
  }

  @Test
  void noTwoPicturesAreEqual() throws Exception {
    Generator.write(folder, 5, 20, 16, 3);

    assertThat(hashes(folder).values()).doesNotHaveDuplicates().hasSize(120);
  }

  @Test
  void moreClassesOrPicturesLeaveTheOthersAsTheyAre() throws Exception {
    Generator.write(folder.resolve("few"), 2, 3, 16, 3);
    Generator.write(folder.resolve("many"), 5, 9, 16, 3);

    assertThat(hashes(folder.resolve("many"))).containsAllEntriesOf(hashes(folder.resolve("few")));
  }

  @Test
  void eachKindIsDrawnAndDecodes() throws Exception {
    int kinds = Generator.classNames().size();
    assertThat(kinds).isGreaterThanOrEqualTo(20);
    assertThat(Generator.classNames()).doesNotHaveDuplicates();

    Generator.write(folder, kinds, 1, 24, 5);

    for (String name : Generator.classNames()) {
      byte[] file = Files.readAllBytes(folder.resolve("train").resolve(name).resolve("0000.jpg"));
      Picture picture = Decoder.decode(file);
      assertThat(picture.width()).isEqualTo(24);
      assertThat(picture.channels()).isEqualTo(3);
    }
  }

  @Test
  void valuesOutsideTheirLimitsAreNamed() {
    assertThatThrownBy(() -> Generator.write(folder, 1, 8, 32, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("classes is 1; it must be from 2 to 70");
    assertThatThrownBy(() -> Generator.write(folder, 71, 8, 32, 1))
        .hasMessage("classes is 71; it must be from 2 to 70");
    assertThatThrownBy(() -> Generator.write(folder, 2, 0, 32, 1))
        .hasMessage("pictures a class is 0; it must be from 1 to 100000");
    assertThatThrownBy(() -> Generator.write(folder, 2, 8, 15, 1))
        .hasMessage("size is 15; it must be from 16 to 4096");
  }

  private static Map<String, String> hashes(Path root) throws Exception {
    Map<String, String> hashes = new TreeMap<>();
    for (Path file : files(root)) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      hashes.put(root.relativize(file).toString(), HexFormat.of().formatHex(hash));
    }

    return hashes;
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
