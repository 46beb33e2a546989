package convoy.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.image.BadPictureException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests tars by other writers, some of them malicious. A bad entry is rejected without affecting
 * others.
 */
class HostileWebDatasetTest {
  private static final byte[] PICTURE = Tars.bytes("bytes of a picture");
  private static final int SIZE_FIELD = 124;
  private static final int CHECKSUM_FIELD = 148;

  private final Configuration configuration = new Configuration();
  private final Source source = Sources.named("webdataset").orElseThrow();
  @TempDir private Path folder;

  private Path tar() {
    return folder.resolve("train.tar");
  }

  private Listing list() throws IOException {
    return source.list(
        ListingTasks.here(configuration), List.of(new org.apache.hadoop.fs.Path(tar().toUri())));
  }

  /**
   * Returns each item's key within the tar, its class or -, and "read" or the reason why it isn't
   * read.
   */
  private List<String> read() throws IOException {
    Listing listing = list();
    List<String> rows = new ArrayList<>();
    try (Source.Reader reader = source.open(configuration)) {
      for (Item item : listing.items()) {
        String name = item.label() < 0 ? "-" : listing.classes().get(item.label());
        rows.add(item.key().replace("train.tar/", "") + " " + name + " " + read(reader, item));
      }
    }

    return rows;
  }

  private static String read(Source.Reader reader, Item item) throws IOException {
    try {
      assertThat(reader.read(item).bytes()).isEqualTo(PICTURE);
      return "read";
    } catch (BadPictureException bad) {
      return bad.code();
    }
  }

  private static Map<String, byte[]> sample(String name, String label) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(name + ".jpg", PICTURE);
    files.put(name + ".cls", Tars.bytes(label));
    return files;
  }

  @ParameterizedTest
  @ValueSource(strings = {"../up", "/etc/absolute", "a/../../b", "a\\b"})
  void aNameThatLeadsOutIsRejectedAndTheOthersAreKept(String name) throws Exception {
    Map<String, byte[]> files = sample("0", "cat");
    files.putAll(sample(name, "dog"));
    files.putAll(sample("1", "cow"));
    Files.write(tar(), Tars.of(files));
    assertThat(read())
        .containsExactlyInAnyOrder("0.jpg cat read", "1.jpg cow read", name + ".jpg - unsafe-name");
    assertThat(list().classes()).containsExactly("cat", "cow");
  }

  @ParameterizedTest
  @CsvSource({"jpg, b.jpg - no-file", "cls, b.jpg - no-class"})
  void aLinkIsRejectedAndSoIsAPictureWhoseClassIsOne(String link, String row) throws Exception {
    Map<String, byte[]> files = sample("a", "cat");
    files.putAll(sample("b", "dog"));
    files.remove("b." + link);
    Files.write(tar(), Tars.of(files, Map.of("b." + link, "/etc/passwd")));
    assertThat(read()).containsExactly("a.jpg cat read", row);
  }

  @ParameterizedTest
  @ValueSource(strings = {"b.cls", "b.json"})
  void aPictureThatCannotBeReadNeedsNoClassAndAnEmptyOneIsNotLookedAt(String label)
      throws Exception {
    Map<String, byte[]> files = sample("a", "cat");
    files.put(label, new byte[0]);
    Files.write(tar(), Tars.of(files, Map.of("b.jpg", "/etc/passwd")));
    assertThat(read()).containsExactly("a.jpg cat read", "b.jpg - no-file");
  }

  @Test
  void aLinkBesideThePictureOfItsSampleIsRejectedAlone() throws Exception {
    Map<String, byte[]> files = sample("b", "cat");
    Files.write(tar(), Tars.of(files, Map.of("b.png", "b.jpg")));
    assertThat(read()).containsExactly("b.jpg cat read", "b.png - no-file");

    files.put("b.webp", PICTURE);
    Files.write(tar(), Tars.of(files, Map.of("b.png", "b.jpg")));
    assertThatThrownBy(this::list)
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("has two pictures of the sample b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "cls"})
  void aTarWithoutAPictureThatCanBeReadWithItsClassSaysSo(String link) throws Exception {
    Map<String, byte[]> files = sample("a", "cat");
    files.remove("a." + link);
    Files.write(tar(), Tars.of(files, Map.of("a." + link, "/etc/passwd")));
    assertThatThrownBy(this::list)
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("none of 1 training files in ")
        .hasMessageContaining("train.tar] can be read with its class: links, pipes, devices and");
  }

  @Test
  void aFixedListOfClassesPassesOverThem() throws Exception {
    Map<String, byte[]> files = sample("0", "cow");
    files.putAll(sample("../1", "dog"));
    Files.write(tar(), Tars.of(files));
    Path classes = Files.writeString(folder.resolve("classes"), "cat\ncow\n");
    Listing fixed =
        FixedClasses.apply(configuration, new org.apache.hadoop.fs.Path(classes.toUri()), list());
    assertThat(fixed.items()).extracting(Item::label).containsExactly(Item.NO_CLASS, 1);
  }

  @Test
  void ofTwoClassesTheOneThatCanBeReadCounts() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("a.jpg", PICTURE);
    files.put("a.json", Tars.bytes("{\"label\": \"cat\"}"));
    Files.write(tar(), Tars.of(files, Map.of("a.cls", "/etc/passwd")));
    assertThat(read()).containsExactly("a.jpg cat read");
  }

  /**
   * Uses GNU tar itself: names with .., absolute names, both kinds of links, a pipe, and a hole.
   */
  @ParameterizedTest
  @ValueSource(strings = {"gnu", "pax"})
  void whatGnuTarWrites(String format) throws Exception {
    Path in = Files.createDirectories(folder.resolve("in"));
    for (String name : List.of("in/good", "up", "absolute", "in/hard", "in/hole", "in/pipe")) {
      Files.write(folder.resolve(name + ".jpg"), PICTURE);
      Files.writeString(folder.resolve(name + ".cls"), "cat");
    }

    Files.createLink(in.resolve("link.jpg"), in.resolve("hard.jpg"));
    Files.writeString(in.resolve("link.cls"), "cat");
    Files.createSymbolicLink(in.resolve("soft.jpg"), Path.of("good.jpg"));
    Files.writeString(in.resolve("soft.cls"), "cat");
    Files.delete(in.resolve("pipe.jpg"));
    run(in, "mkfifo", "pipe.jpg");
    run(in, "truncate", "--size=1M", "hole.jpg");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("tar", "-P", "--sparse", "--format=" + format, "-cf", "../train.tar"));
    for (String name : List.of("good", "../up", folder + "/absolute", "hard", "link", "soft")) {
      command.addAll(List.of(name + ".jpg", name + ".cls"));
    }

    command.addAll(List.of("pipe.jpg", "pipe.cls", "hole.jpg", "hole.cls"));
    run(in, command.toArray(String[]::new));
    assertThat(read())
        .containsExactlyInAnyOrder(
            "good.jpg cat read",
            "../up.jpg - unsafe-name",
            folder + "/absolute.jpg - unsafe-name",
            "hard.jpg cat read",
            "link.jpg - no-file",
            "soft.jpg - no-file",
            "pipe.jpg - no-file",
            "hole.jpg - no-file");
  }

  private static void run(Path in, String... command) throws Exception {
    Process process = new ProcessBuilder(command).directory(in.toFile()).inheritIO().start();
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
  }

  @Test
  void aPaxHeadersNameCountsAndNotTheOneBesideIt() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (String name : List.of("safe", "out")) {
        for (Map.Entry<String, byte[]> file : sample(name, "cat").entrySet()) {
          TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
          entry.setSize(file.getValue().length);
          if (file.getKey().equals("out.jpg")) {
            entry.addPaxHeader("path", "../../out.jpg");
          }

          tar.putArchiveEntry(entry);
          tar.write(file.getValue());
          tar.closeArchiveEntry();
        }
      }
    }

    Files.write(tar(), bytes.toByteArray());
    assertThat(read()).containsExactly("../../out.jpg - unsafe-name", "safe.jpg cat read");
  }

  /**
   * Writes a size as GNU tar does from 8 GiB on: the first bit set, followed by a binary number.
   */
  private static byte[] binarySize(byte[] tar, long size, int first) {
    byte[] changed = tar.clone();
    ByteBuffer.wrap(changed).putInt(SIZE_FIELD, first).putLong(SIZE_FIELD + 4, size);
    for (int i = 0; i < 8; i++) {
      changed[CHECKSUM_FIELD + i] = ' ';
    }

    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += changed[i] & 0xff;
    }

    byte[] octal = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(octal, 0, changed, CHECKSUM_FIELD, octal.length);
    return changed;
  }

  @Test
  void binarySizesAreReadAndImpossibleOnesAreAnError() throws Exception {
    byte[] tar = Tars.of(sample("a", "cat"));
    Files.write(tar(), binarySize(tar, PICTURE.length, 0x80000000));
    assertThat(read()).containsExactly("a.jpg cat read");

    for (long size : new long[] {9L << 30, Long.MAX_VALUE, Long.MAX_VALUE - 511, -1, -512}) {
      for (int first : new int[] {0x80000000, 0xffffffff}) {
        Files.write(tar(), binarySize(tar, size, first));
        assertThatThrownBy(this::list)
            .as("size %d after %x", size, first)
            .isInstanceOf(SourceException.class)
            .hasMessageContaining("fetch it again");
      }
    }
  }

  @Test
  void whatStandsBehindAFileOfNineGibibytesIsRead() throws Exception {
    long film = 9L << 30;
    byte[] film0 = Tars.of(Map.of("film.mp4", new byte[0]));
    byte[] header = Arrays.copyOf(film0, 512);
    try (RandomAccessFile file = new RandomAccessFile(tar().toFile(), "rw")) {
      file.write(binarySize(header, film, 0x80000000));
      file.seek(512 + film); // A hole takes no space on the disk.
      file.write(Tars.of(sample("a", "cat")));
    }

    assertThat(read()).containsExactly("a.jpg cat read");
    assertThat(list().items().get(0).index()).isEqualTo(512 + film + 512);
    assertThat(list().warnings())
        .containsExactly(
            tar().toUri().toString().replace("///", "/")
                + " has 1 files that are neither picture nor class: not read; the first is"
                + " film.mp4");
  }
}
