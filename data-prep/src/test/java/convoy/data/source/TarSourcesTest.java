package convoy.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.SharedData;
import convoy.data.image.BadPictureException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarSourcesTest {
  private static final String META = "imagenet_meta/";
  private final Configuration configuration = new Configuration();
  @TempDir private Path folder;

  private Listing list(String source) throws IOException {
    return list(source, folder);
  }

  private Listing list(String source, Path path) throws IOException {
    return Sources.named(source)
        .orElseThrow()
        .list(
            ListingTasks.here(configuration), List.of(new org.apache.hadoop.fs.Path(path.toUri())));
  }

  private Content read(String source, Item item) throws Exception {
    try (Source.Reader reader = Sources.named(source).orElseThrow().open(configuration)) {
      return reader.read(item);
    }
  }

  private static List<String> rows(Listing listing) {
    return listing.items().stream()
        .map(item -> item.key() + " " + item.split() + " " + listing.classes().get(item.label()))
        .toList();
  }

  /** Writes three classes, those of the first three validation pictures. */
  private void imagenet() throws IOException {
    Map<String, byte[]> outer = new LinkedHashMap<>();
    for (String wnid : List.of("n09193705", "n01751748", "n02105855")) {
      outer.put(wnid + ".tar", Tars.of(Map.of(wnid + "_1.JPEG", Tars.bytes("picture of " + wnid))));
    }

    Files.write(folder.resolve(ImagenetSource.TRAIN), Tars.of(outer));
    Map<String, byte[]> held = new LinkedHashMap<>();
    for (int i = 1; i <= 3; i++) {
      held.put(ImagenetTruth.picture(i), Tars.bytes("held " + i));
    }

    Files.write(folder.resolve(ImagenetSource.VALIDATION), Tars.of(held));
  }

  private void meta(String... names) throws IOException {
    for (String name : names) {
      Files.write(folder.resolve(name), SharedData.bytes(META + name));
    }
  }

  @Test
  void imagenetTarsAreReadInPlaceWithEachFormOfTheGroundTruth() throws Exception {
    for (List<String> form :
        List.of(
            List.of(ImagenetTruth.SYNSETS),
            List.of(ImagenetTruth.INDICES, "synsets.txt"),
            List.of(ImagenetTruth.DEVKIT, ImagenetTruth.MAP))) {
      imagenet();
      meta(form.toArray(String[]::new));
      Listing listing = list("imagenet");
      assertThat(listing.warnings())
          .singleElement()
          .asString()
          .startsWith("49997 of 50000 pictures of the ground truth are not in")
          .endsWith("the first is ILSVRC2012_val_00000004.JPEG");
      assertThat(rows(listing))
          .containsExactly(
              "train/n01751748/n01751748_1.JPEG train n01751748",
              "train/n02105855/n02105855_1.JPEG train n02105855",
              "train/n09193705/n09193705_1.JPEG train n09193705",
              "val/ILSVRC2012_val_00000001.JPEG val n01751748",
              "val/ILSVRC2012_val_00000002.JPEG val n09193705",
              "val/ILSVRC2012_val_00000003.JPEG val n02105855");
      assertThat(read("imagenet", listing.items().get(2)).bytes())
          .isEqualTo(Tars.bytes("picture of n09193705"));
      assertThat(read("imagenet", listing.items().get(4)).bytes()).isEqualTo(Tars.bytes("held 2"));
      for (String name : form) {
        Files.delete(folder.resolve(name));
      }
    }
  }

  @Test
  void devkitIdsThatWereTakenForSortedIndicesAreNoticed() throws Exception {
    imagenet();
    meta(ImagenetTruth.DEVKIT);
    assertThatThrownBy(() -> list("imagenet")).hasMessageContaining("add map_clsloc.txt");
    meta("synsets.txt");
    List<String> ids = Files.readAllLines(folder.resolve(ImagenetTruth.DEVKIT));
    StringBuilder wrong = new StringBuilder();
    for (int i = 0; i < ids.size(); i++) {
      int index = Integer.parseInt(ids.get(i)) - 1;
      wrong.append(ImagenetTruth.picture(i + 1) + " " + index + "\n");
    }

    Files.writeString(folder.resolve(ImagenetTruth.INDICES), wrong);
    assertThatThrownBy(() -> list("imagenet"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("paired wrongly");
    meta(ImagenetTruth.SYNSETS);
    assertThatThrownBy(() -> list("imagenet")).hasMessageContaining("one is wrong");
  }

  @Test
  void aCutTarIsAnErrorWhereverItIsCut() throws Exception {
    imagenet();
    meta(ImagenetTruth.SYNSETS);
    byte[] whole = Files.readAllBytes(folder.resolve(ImagenetSource.TRAIN));
    int entries = 3 * (512 + 2048); // The end mark comes after the entries.
    assertThat(whole).hasSize(entries + 1024);
    for (int size : List.of(10, 600, 2000, 4000, 7000, entries)) {
      Files.write(folder.resolve(ImagenetSource.TRAIN), Arrays.copyOf(whole, size));
      assertThatThrownBy(() -> list("imagenet"))
          .describedAs("%d of %d bytes", size, whole.length)
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("fetch it again");
    }
  }

  @Test
  void linksAndNamesThatLeadOutAreRejectedOneByOne() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : List.of("good.JPEG", "../../up.JPEG", "/etc/absolute.JPEG")) {
      files.put(name, Tars.bytes("data"));
    }

    byte[] inner = Tars.of(files, Map.of("link.JPEG", "/etc/passwd"));
    Files.write(folder.resolve(ImagenetSource.TRAIN), Tars.of(Map.of("n01751748.tar", inner)));
    Listing listing = list("imagenet");
    assertThat(listing.items()).hasSize(4);
    for (Item item : listing.items()) {
      if (item.key().endsWith("good.JPEG")) {
        assertThat(read("imagenet", item).bytes()).isEqualTo(Tars.bytes("data"));
      } else {
        String code = item.key().endsWith("link.JPEG") ? "no-file" : "unsafe-name";
        assertThatThrownBy(() -> read("imagenet", item))
            .isInstanceOfSatisfying(
                BadPictureException.class, bad -> assertThat(bad.code()).isEqualTo(code));
      }
    }
  }

  @Test
  void longNamesOfBothKindsAreRead() throws Exception {
    String name = "n01751748_" + "x".repeat(150) + ".JPEG";
    byte[] gnu = Tars.of(Map.of(name, Tars.bytes("gnu")));
    ByteArrayOutputStream pax = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(pax)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(3);
      tar.putArchiveEntry(entry);
      tar.write(Tars.bytes("pax"));
      tar.closeArchiveEntry();
    }

    Map<String, byte[]> outer = new LinkedHashMap<>();
    outer.put("n01751748.tar", gnu);
    outer.put("n09193705.tar", pax.toByteArray());
    Files.write(folder.resolve(ImagenetSource.TRAIN), Tars.of(outer));
    Listing listing = list("imagenet");
    assertThat(listing.items()).allMatch(item -> item.key().endsWith(name));
    assertThat(read("imagenet", listing.items().get(0)).bytes()).isEqualTo(Tars.bytes("gnu"));
    assertThat(read("imagenet", listing.items().get(1)).bytes()).isEqualTo(Tars.bytes("pax"));
  }

  @Test
  void webDatasetPairsPicturesWithTheirClasses() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("a/0001.jpg", Tars.bytes("one"));
    files.put("a/0001.cls", Tars.bytes("10\n"));
    files.put("a/0002.json", Tars.bytes("{\"label\": 9}"));
    files.put("a/0002.jpg", Tars.bytes("two"));
    Files.write(folder.resolve("train-000.tar"), Tars.of(files));
    Files.write(
        folder.resolve("val-000.tar"),
        Tars.of(Map.of("b.png", Tars.bytes("three"), "b.cls", Tars.bytes("9"))));
    Listing listing = list("webdataset");
    assertThat(rows(listing))
        .containsExactly(
            "train-000.tar/a/0001.jpg train 10",
            "train-000.tar/a/0002.jpg train 9",
            "val-000.tar/b.png val 9");
    assertThat(listing.classes()).containsExactly("9", "10");
    assertThat(read("webdataset", listing.items().get(1)).bytes()).isEqualTo(Tars.bytes("two"));
    Files.write(folder.resolve("train-001.tar"), Tars.of(Map.of("c.jpg", Tars.bytes("x"))));
    Listing more = list("webdataset");
    assertThat(more.warnings()).hasSize(2).contains("classes without validation pictures: 10");
    assertThat(more.warnings().get(0))
        .endsWith("train-001.tar has no class (.cls or .json) for c.jpg: quarantined");
    assertThatThrownBy(() -> read("webdataset", more.items().get(2)))
        .isInstanceOfSatisfying(
            BadPictureException.class, bad -> assertThat(bad.code()).isEqualTo("no-class"));
  }

  @Test
  void tinyImagenetTakesValidationClassesFromItsAnnotations() throws Exception {
    for (String name : List.of("train/n01/images/n01_0.JPEG", "val/images/val_0.JPEG")) {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.writeString(folder.resolve(name), name);
    }

    Path annotations = folder.resolve("val/val_annotations.txt");
    Files.writeString(annotations, "val_0.JPEG\tn01\t0\t0\t10\t10\n");
    assertThat(rows(list("tiny-imagenet")))
        .containsExactly("train/n01/images/n01_0.JPEG train n01", "val/images/val_0.JPEG val n01");
    Files.writeString(folder.resolve("val/images/.hidden"), "");
    Files.writeString(folder.resolve("train/.hidden"), "");
    assertThat(new ProcessBuilder("mkfifo", folder + "/val/images/pipe").start().waitFor())
        .isZero();
    assertThat(list("tiny-imagenet").hidden()).isEqualTo(2);
    assertThat(list("tiny-imagenet").warnings())
        .containsExactly("a pipe, socket or device is not read: val/images/pipe");
    Files.writeString(annotations, "other.JPEG\tn01\t0\t0\t10\t10\n");
    assertThatThrownBy(() -> list("tiny-imagenet")).hasMessageContaining("has no class for");
    Files.delete(annotations);
    assertThatThrownBy(() -> list("tiny-imagenet"))
        .isInstanceOf(SourceException.class)
        .hasMessageEndingWith(
            "doesn't exist: if val holds folders of classes, use --source folder");
  }

  @Test
  void listsOfTwoFoldersKeepTheirKeysApart() throws Exception {
    List<org.apache.hadoop.fs.Path> lists = new ArrayList<>();
    for (String split : List.of("train", "val")) {
      Path list = Files.createDirectories(folder.resolve(split)).resolve("list.csv");
      Files.writeString(folder.resolve(split + "/1.jpg"), split);
      Files.writeString(list, "path,label,split\n1.jpg,cat," + split + "\n/" + split + ",cat,\n");
      lists.add(new org.apache.hadoop.fs.Path(list.toUri()));
    }

    Listing listing =
        Sources.named("csv").orElseThrow().list(ListingTasks.here(configuration), lists);
    assertThat(rows(listing))
        .containsExactly(
            "/train train cat", "/val train cat", "train/1.jpg train cat", "val/1.jpg val cat");
    assertThat(read("csv", listing.items().get(3)).bytes()).isEqualTo(Tars.bytes("val"));
  }

  @Test
  void listsAreReadRelativeToTheirFolder() throws Exception {
    Files.writeString(folder.resolve("a, b.jpg"), "bytes");
    Path csv = folder.resolve("list.csv");
    Files.writeString(csv, "label,path,split\ncat,\"a, b.jpg\",\ncat,gone.jpg,val\n");
    Listing listing = list("csv", csv);
    assertThat(rows(listing)).containsExactly("a, b.jpg train cat", "gone.jpg val cat");
    assertThat(read("csv", listing.items().get(0)).bytes()).isEqualTo(Tars.bytes("bytes"));
    assertThatThrownBy(() -> read("csv", listing.items().get(1)))
        .isInstanceOf(BadPictureException.class);
    Path lines = folder.resolve("list.jsonl");
    Files.writeString(lines, "{\"path\": \"a, b.jpg\", \"label\": 3}\n");
    assertThat(rows(list("jsonl", lines))).containsExactly("a, b.jpg train 3");
    Files.writeString(lines, "{\"path\": \"a, b.jpg\"}\n");
    assertThatThrownBy(() -> list("jsonl", lines)).hasMessageContaining("line 1");
    Files.writeString(csv, "name,label\n");
    assertThatThrownBy(() -> list("csv", csv)).hasMessageContaining("header with path and label");
  }

  @Test
  void keysHaveTheSameDigitsInEveryLanguage() throws Exception {
    Files.write(
        folder.resolve("cifar.tar"),
        Tars.of(Map.of("data_batch_1.bin", new byte[3073], "test_batch.bin", new byte[3073])));
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat("%d".formatted(1)).isEqualTo("\u0661");
      assertThat(ImagenetTruth.picture(1)).isEqualTo("ILSVRC2012_val_00000001.JPEG");
      assertThat(rows(list("cifar10")))
          .containsExactly("data_batch_1/00000 train airplane", "test_batch/00000 val airplane");
    } finally {
      Locale.setDefault(before);
    }
  }
}
