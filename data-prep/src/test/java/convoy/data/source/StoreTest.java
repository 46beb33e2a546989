package convoy.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.image.BadPictureException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores may return less than was requested, break off, and hold files that can't be opened. */
class StoreTest {
  private final Configuration configuration = SlowStore.configuration();
  @TempDir private Path folder;

  private Item item(String uri, int bytes) {
    return new Item("key", Item.TRAIN, 0, bytes, uri, FileReader.WHOLE);
  }

  @Test
  void aTarIsListedWholeHoweverLittleAReadGives() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < 50; i++) {
      files.put(i + ".jpg", new byte[1000 + i]);
      files.put(i + ".cls", Tars.bytes("class " + i));
    }

    Path tar = Files.write(folder.resolve("train.tar"), Tars.of(files));
    assertThat(TarIndex.of(configuration, SlowStore.path(tar)))
        .extracting(TarIndex.Entry::name)
        .containsExactlyElementsOf(files.keySet());
    Listing listing =
        new WebDatasetSource()
            .list(ListingTasks.here(configuration), List.of(SlowStore.path(folder)));
    assertThat(listing.items()).hasSize(50);
    assertThat(listing.classes()).hasSize(50).contains("class 49");
  }

  @Test
  void aTarWhoseConnectionBreaksIsNotCalledDamaged() throws Exception {
    Path tar = Files.write(folder.resolve("a.tar"), Tars.of(Map.of("a.jpg", new byte[100])));
    SlowStore.beforeTheNextRead(
        file -> {
          throw new IOException("connection reset");
        });
    assertThatThrownBy(() -> TarIndex.of(configuration, SlowStore.path(tar)))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("connection reset");
  }

  @Test
  void aBrokenConnectionIsWorthARetry() throws Exception {
    byte[] bytes = new byte[1000];
    Arrays.fill(bytes, (byte) 7);
    Path file = Files.write(folder.resolve("a.jpg"), bytes);
    Item item = item(SlowStore.path(file).toUri().toString(), bytes.length);
    SlowStore.beforeTheNextRead(
        read -> {
          throw new EOFException("the connection broke");
        });
    try (FileReader reader = new FileReader(configuration)) {
      assertThatThrownBy(() -> reader.read(item))
          .isInstanceOf(EOFException.class)
          .hasMessage("the connection broke");
      assertThat(reader.read(item).bytes()).isEqualTo(bytes);
    }
  }

  @Test
  void aFileThatBecameShorterIsUnreadable() throws Exception {
    Path file = Files.write(folder.resolve("a.jpg"), new byte[1000]);
    Item item = item(SlowStore.path(file).toUri().toString(), 1000);
    SlowStore.beforeTheNextRead(read -> Files.write(read, new byte[500]));
    try (FileReader reader = new FileReader(configuration)) {
      assertThatThrownBy(() -> reader.read(item))
          .isInstanceOfSatisfying(
              BadPictureException.class, bad -> assertThat(bad.code()).isEqualTo("unreadable"))
          .hasMessageContaining("became shorter");
    }
  }

  @Test
  void aPipeInAListIsUnreadableAndNeverOpened() throws Exception {
    Path pipe = folder.resolve("pipe.jpg");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Files.createSymbolicLink(folder.resolve("link.jpg"), pipe);
    Path list = folder.resolve("list.csv");
    Files.writeString(list, "path,label\npipe.jpg,a\nlink.jpg,a\n/dev/zero,a\n");
    Source source = Sources.named("csv").orElseThrow();
    Listing listing =
        source.list(
            ListingTasks.here(configuration), List.of(new org.apache.hadoop.fs.Path(list.toUri())));
    assertThat(listing.items()).hasSize(3);
    try (Source.Reader reader = source.open(configuration)) {
      for (Item item : listing.items()) {
        assertThatThrownBy(() -> reader.read(item))
            .isInstanceOfSatisfying(
                BadPictureException.class, bad -> assertThat(bad.code()).isEqualTo("unreadable"));
      }
    }

    Path tar = Files.move(pipe, folder.resolve("pipe.tar"));
    assertThatThrownBy(
            () ->
                new WebDatasetSource()
                    .list(
                        ListingTasks.here(configuration),
                        List.of(new org.apache.hadoop.fs.Path(tar.toUri()))))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("is a pipe");
  }
}
