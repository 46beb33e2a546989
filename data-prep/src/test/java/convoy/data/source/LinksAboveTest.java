package convoy.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a link to a folder above brings no picture of another class. */
class LinksAboveTest {
  @TempDir private Path folder;
  private Path root;

  @BeforeEach
  void twoClasses() throws IOException {
    root = Files.createDirectories(folder.resolve("up/root"));
    for (String name : List.of("train/a/1.jpg", "train/b/2.jpg", "val/a/3.jpg", "val/b/4.jpg")) {
      Files.createDirectories(root.resolve(name).getParent());
      Files.writeString(root.resolve(name), name);
    }
  }

  private Listing list(Path in) throws IOException {
    return Sources.named("folder")
        .orElseThrow()
        .list(
            ListingTasks.here(new Configuration()),
            List.of(new org.apache.hadoop.fs.Path(in.toUri())));
  }

  private static List<String> rows(Listing listing) {
    return listing.items().stream()
        .map(item -> item.key() + " " + listing.classes().get(item.label()))
        .toList();
  }

  private void assertLeftOut(Path link, Path target) throws IOException {
    List<String> before = rows(list(root));
    Files.createSymbolicLink(link, target);
    Listing listing = list(root);
    assertThat(rows(listing)).as("%s -> %s", link, target).isEqualTo(before);
    assertThat(listing.warnings())
        .as("%s -> %s", link, target)
        .singleElement()
        .asString()
        .matches("a link leads back to a folder above it: .*/" + link.getFileName() + " .*");
    Files.delete(link);
  }

  @Test
  void aLinkInAClassFolderToAnyFolderAboveIsSkippedAndTold() throws IOException {
    for (Path target : List.of(Path.of("."), Path.of(".."), root, folder, Path.of("/"))) {
      assertLeftOut(root.resolve("train/a/loop"), target);
    }
  }

  @Test
  void aLinkBesideTheClassFoldersIsNoClass() throws IOException {
    assertLeftOut(root.resolve("train/c"), Path.of(".."));
    assertLeftOut(root.resolve("val/c"), root.resolve("val"));
  }

  @Test
  void aLinkBackFromAPlaceElsewhereIsSkippedToo() throws IOException {
    Path pool = Files.createDirectories(folder.resolve("pool/set"));
    Files.writeString(pool.resolve("5.jpg"), "5");
    Files.writeString(folder.resolve("pool/other.jpg"), "other");
    Files.createSymbolicLink(root.resolve("train/a/pool"), pool);
    assertThat(rows(list(root))).contains("train/a/pool/5.jpg a").hasSize(5);
    assertLeftOut(pool.resolve("up"), folder.resolve("pool"));
    assertLeftOut(pool.resolve("back"), root.resolve("train"));
  }

  @Test
  void anInputThatIsALinkIsReadAsAnyOther() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("in"), root);
    assertThat(rows(list(link))).isEqualTo(rows(list(root)));
    assertThat(list(link).warnings()).isEmpty();
  }
}
