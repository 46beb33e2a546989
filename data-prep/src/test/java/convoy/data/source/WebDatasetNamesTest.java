package convoy.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.image.BadPictureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that every picture of a tar becomes an example, a line of quarantine, or is counted. */
class WebDatasetNamesTest {
  private final Configuration configuration = new Configuration();
  private final Source source = Sources.named("webdataset").orElseThrow();
  @TempDir private Path folder;

  private Listing list(String... names) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : names) {
      String[] parts = name.split("=", 2);
      files.put(parts[0], Tars.bytes(parts.length == 1 ? "bytes of a picture" : parts[1]));
    }

    Files.write(folder.resolve("x.tar"), Tars.of(files));
    return list();
  }

  private Listing list() throws IOException {
    return source.list(
        ListingTasks.here(configuration), List.of(new org.apache.hadoop.fs.Path(folder.toUri())));
  }

  /** Returns each item's name in its tar and its class, or the code of its quarantine. */
  private List<String> rows(Listing listing) throws IOException {
    List<String> rows = new ArrayList<>();
    try (Source.Reader reader = source.open(configuration)) {
      for (Item item : listing.items()) {
        String name = item.key().substring(item.key().indexOf('/') + 1) + " ";
        try {
          assertThat(reader.read(item).bytes()).isEqualTo(Tars.bytes("bytes of a picture"));
          rows.add(name + listing.classes().get(item.label()));
        } catch (BadPictureException bad) {
          rows.add(name + bad.code());
        }
      }
    }

    return rows;
  }

  @Test
  void namesWithDotsAreSamplesWhereAPictureAndAClassShareThem() throws IOException {
    Listing listing =
        list(
            "0.jpg",
            "0.cls=cat",
            "IMG_2019.07.1.jpg",
            "IMG_2019.07.1.cls=dog",
            "dir.v1/a.final.PNG",
            "dir.v1/a.final.json={\"label\": \"cow\"}",
            "dir.v1/b.jpg",
            "dir.v1/b.cls=cow");
    assertThat(rows(listing))
        .containsExactly(
            "0.jpg cat", "IMG_2019.07.1.jpg dog", "dir.v1/a.final.PNG cow", "dir.v1/b.jpg cow");
    assertThat(listing.warnings()).isEmpty();
  }

  @Test
  void furtherPicturesOfASampleAreCountedAndThoseOfNoSampleQuarantined() throws IOException {
    Listing listing =
        list(
            "0.jpg", "0.cls=cat", "0.mask.png", "0.left.jpg", "1.mask.png", "1.cls=cat", "2.cls=x");
    assertThat(rows(listing)).containsExactly("0.jpg cat", "1.mask.png no-class");
    assertThat(listing.warnings()).hasSize(3);
    assertThat(listing.warnings().get(0))
        .contains("x.tar has 2 further pictures of samples: not read", "first dot")
        .endsWith("; the first is 0.mask.png");
    assertThat(listing.warnings().get(1))
        .endsWith("x.tar has 2 classes without a picture: not read; the first is 1.cls");
    assertThat(listing.warnings().get(2))
        .endsWith("x.tar has no class (.cls or .json) for 1.mask.png: quarantined");
  }

  @Test
  void aSampleWhoseClassIsMissingOrSaysNothingIsQuarantinedAndTheOthersStay() throws IOException {
    List<String> labels =
        List.of(
            "b.cls=",
            "b.cls= \n",
            "b.json={}",
            "b.json=[]",
            "b.json={\"label\": NaN}",
            "b.json={\"label\": 1}{\"label\": 2}",
            "b.json=no JSON",
            "b.txt=no class");
    for (String label : labels) {
      Listing listing = list("a.jpg", "a.cls=cat", "b.jpg", label);
      assertThat(rows(listing)).as(label).containsExactly("a.jpg cat", "b.jpg no-class");
      assertThat(listing.warnings()).as(label).anyMatch(told -> told.contains("has no class "));
    }

    assertThatThrownBy(() -> list("b.jpg"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("none of 1 training files")
        .hasMessageContaining("has no class (.cls or .json) for b.jpg");
  }

  @Test
  void foldersNamedBySplitsAreReadAndAnEmptyValIsTold() throws IOException {
    for (String split : List.of("train", "val")) {
      Path tars = Files.createDirectories(folder.resolve(split));
      Files.write(
          tars.resolve("0.tar"),
          Tars.of(Map.of("a.jpg", Tars.bytes("bytes of a picture"), "a.cls", Tars.bytes("cat"))));
    }

    assertThat(list().items())
        .extracting(item -> item.key() + " " + item.split())
        .containsExactly("train/0.tar/a.jpg train", "val/0.tar/a.jpg val");
    Files.write(folder.resolve("val/0.tar"), Tars.of(Map.of("README", new byte[3])));
    assertThat(list().warnings())
        .anyMatch(told -> told.matches(".*/val/0.tar holds no picture: val is what --val-frac.*"));
  }
}
