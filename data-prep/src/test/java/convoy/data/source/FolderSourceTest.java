package convoy.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.image.BadPictureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceTest {
  private final Configuration configuration = new Configuration();
  private final Source source = Sources.named("folder").orElseThrow();
  @TempDir private Path root;

  private void file(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "bytes of " + path);
  }

  private Listing list(String... inputs) throws IOException {
    return source.list(
        ListingTasks.here(configuration),
        Stream.of(inputs)
            .map(input -> new org.apache.hadoop.fs.Path(root.resolve(input).toString()))
            .toList());
  }

  private static List<String> keys(Listing listing) {
    return listing.items().stream().map(Item::key).toList();
  }

  @Test
  void splitsAndClassesComeFromTheFolders() throws IOException {
    file("train/dog/2.jpg");
    file("train/dog/1.jpg");
    file("train/cat/deep/er/x.png");
    file("val/dog/1.jpg");
    file("val/cat/1.jpg");
    Listing listing = list("");
    assertThat(listing.classes()).containsExactly("cat", "dog");
    assertThat(listing.hasValidation()).isTrue();
    assertThat(listing.warnings()).isEmpty();
    assertThat(listing.items().stream().map(item -> item.key() + " " + item.split() + item.label()))
        .containsExactly(
            "train/cat/deep/er/x.png train0",
            "train/dog/1.jpg train1",
            "train/dog/2.jpg train1",
            "val/cat/1.jpg val0",
            "val/dog/1.jpg val1");
  }

  @Test
  void validationMayBeCalledTestOrValidation() throws IOException {
    for (String name : List.of("test", "valid", "validation", "val")) {
      file(name + "/a/1");
      file("train/a/1");
      Listing listing = list("");
      assertThat(keys(listing)).contains(name + "/a/1");
      assertThat(listing.items()).hasSize(2);
    }

    // All four folders exist now: val is used, and the others are reported.
    assertThat(list("").warnings())
        .containsExactly("folders beside train that are not read: test, valid, validation");
  }

  @Test
  void foldersThatAreCalledLikeSplitsAndReadAsClassesAreTold() throws IOException {
    file("Train/a/1");
    file("Val/a/1");
    file("testing/1");
    assertThat(list("").classes()).containsExactly("Train", "Val", "testing");
    assertThat(list("").warnings())
        .hasSize(2)
        .allMatch(
            told -> told.endsWith(" is read as a class: the folders of splits are train and val"));
  }

  @Test
  void oneRootOfClassFoldersIsAllTraining() throws IOException {
    file("a/1");
    file("train/1");
    file("zebra/1");
    Listing listing = list("");
    assertThat(listing.classes()).containsExactly("a", "train", "zebra");
    assertThat(listing.hasValidation()).isFalse();
  }

  @Test
  void oddNamesAreItemsAndHiddenOnesAreCounted() throws Exception {
    List<String> names =
        List.of(
            "a b.jpg",
            "100%.jpg",
            "%41.jpg",
            "#1.jpg",
            "[x].jpg",
            "a+b.jpg",
            "'q\".jpg",
            "é ß 漢.jpg",
            "_under.jpg",
            "a:b.jpg",
            "?.jpg",
            "*.jpg",
            "{a,b}.jpg",
            "back\\slash",
            "new\nline");
    for (String name : names) {
      file("train/c ä#%/" + name);
    }

    file("train/c ä#%/.hidden");
    file("train/c ä#%/.folder/x.jpg");
    file("train/.class/x.jpg");
    Listing listing = list("");
    assertThat(keys(listing))
        .containsExactlyInAnyOrderElementsOf(
            names.stream().map(name -> "train/c ä#%/" + name).toList());
    assertThat(listing.hidden()).isEqualTo(3);
    try (Source.Reader reader = source.open(configuration)) {
      for (Item item : listing.items()) {
        Content content = reader.read(item);
        assertThat(new String(content.bytes(), StandardCharsets.UTF_8))
            .isEqualTo("bytes of " + item.key());
        assertThat(content.bytes()).hasSize((int) item.bytes());
      }
    }
  }

  @Test
  void keysOfSeveralRootsStayApart() throws IOException {
    file("one/a/1.jpg");
    file("two/a/1.jpg");
    file("other/one/b/1.jpg");
    assertThat(keys(list("one", "two"))).containsExactly("one/a/1.jpg", "two/a/1.jpg");
    assertThat(keys(list("one", "other/one"))).containsExactly("1-one/a/1.jpg", "2-one/b/1.jpg");
  }

  @Test
  void anEmptyClassFolderIsNoClassAndTold() throws IOException {
    file("train/a/1.jpg");
    file("train/b/.only-hidden");
    file("train/loose.jpg");
    Listing listing = list("");
    assertThat(listing.classes()).containsExactly("a");
    assertThat(listing.warnings()).hasSize(2);
    assertThat(listing.warnings().get(0)).contains("1 files directly in", "not read");
    assertThat(listing.warnings().get(1)).contains("train/b has no files");
  }

  @Test
  void classesOfOneSplitOnlyAreTold() throws IOException {
    file("train/a/1");
    file("train/b/1");
    file("val/a/1");
    assertThat(list("").warnings()).containsExactly("classes without validation pictures: b");
    file("val/another/1");
    file("val/another/2");
    file("val/stranger/1");
    Listing listing = list("");
    assertThat(listing.classes()).containsExactly("a", "another", "b", "stranger");
    assertThat(listing.items().stream().map(Item::label)).containsExactly(0, 2, 0, 1, 1, 3);
    assertThat(listing.warnings())
        .containsExactly(
            "2 classes with 3 validation pictures have no training pictures: another, stranger",
            "classes without validation pictures: b");
  }

  @Test
  void whatIsNoSourceIsToldWithItsPath() throws IOException {
    assertThatThrownBy(() -> list("absent"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("absent doesn't exist");
    file("flat/1.jpg");
    assertThatThrownBy(() -> list("flat"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("flat has no class folders");
    assertThatThrownBy(() -> list("flat/1.jpg"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("is a file");
    Files.createDirectories(root.resolve("hollow/train/a"));
    assertThatThrownBy(() -> list("hollow"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("no files in the class folders of");
  }

  @Test
  void aFileThatWentAwayIsUnreadable() throws Exception {
    file("train/a/1.jpg");
    Item item = list("").items().get(0);
    Files.delete(root.resolve("train/a/1.jpg"));
    try (Source.Reader reader = source.open(configuration)) {
      assertThatThrownBy(() -> reader.read(item))
          .isInstanceOfSatisfying(
              BadPictureException.class, bad -> assertThat(bad.code()).isEqualTo("unreadable"));
    }
  }

  @Test
  void aFilmAmongThePicturesIsNotRead() throws Exception {
    file("train/a/film.mov");
    try (java.io.RandomAccessFile sparse =
        new java.io.RandomAccessFile(root.resolve("train/a/film.mov").toFile(), "rw")) {
      sparse.setLength(FileReader.MAX_BYTES + 1);
    }

    Item item = list("").items().get(0);
    try (Source.Reader reader = source.open(configuration)) {
      assertThatThrownBy(() -> reader.read(item))
          .isInstanceOfSatisfying(
              BadPictureException.class, bad -> assertThat(bad.code()).isEqualTo("too-large"));
    }
  }

  @Test
  void everySourceIsFoundByItsName() {
    assertThat(Sources.names())
        .containsExactly(
            "folder",
            "imagenet",
            "tiny-imagenet",
            "mnist",
            "cifar10",
            "csv",
            "jsonl",
            "webdataset");
    assertThat(Sources.named("folders")).isEmpty();
  }
}
