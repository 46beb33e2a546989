package convoy.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests names of classes and files: numbers, Unicode forms, and bytes that aren't UTF-8. */
class NamesTest {
  private static final List<String> NUMBERS = List.of("10", "9", "100", "2", "0", "02");

  private final Configuration configuration = new Configuration();
  @TempDir private Path folder;

  private Listing list(String source, Path in) throws IOException {
    return Sources.named(source)
        .orElseThrow()
        .list(ListingTasks.here(configuration), List.of(new org.apache.hadoop.fs.Path(in.toUri())));
  }

  private Path file(Path path) throws IOException {
    Files.createDirectories(path.getParent());
    return Files.writeString(path, "bytes of a picture");
  }

  @Test
  void numericClassesAreInOrderOfTheirNumbersInEverySource() throws IOException {
    Map<String, byte[]> samples = new LinkedHashMap<>();
    List<String> csv = new ArrayList<>(List.of("path,label"));
    List<String> jsonl = new ArrayList<>();
    for (String number : NUMBERS) {
      String name = "folder/" + number + "/x" + number + ".jpg";
      file(folder.resolve(name));
      csv.add(name + "," + number);
      jsonl.add("{\"path\": \"%s\", \"label\": \"%s\"}".formatted(name, number));
      samples.put(number + ".jpg", Tars.bytes("bytes of a picture"));
      samples.put(number + ".cls", Tars.bytes(number));
      file(folder.resolve("tiny-imagenet/train/" + number + "/images/x"));
    }

    Files.write(folder.resolve("csv"), csv);
    Files.write(folder.resolve("jsonl"), jsonl);
    Files.write(
        Files.createDirectories(folder.resolve("webdataset")).resolve("0.tar"), Tars.of(samples));
    for (String source : List.of("folder", "csv", "jsonl", "webdataset", "tiny-imagenet")) {
      assertThat(list(source, folder.resolve(source)).classes())
          .as(source)
          .containsExactly("0", "02", "2", "9", "10", "100");
    }

    file(folder.resolve("folder/ten/x.jpg"));
    assertThat(list("folder", folder.resolve("folder")).classes())
        .containsExactly("0", "02", "10", "100", "2", "9", "ten");
  }

  @Test
  void classesThatDifferInUnicodeFormOnlyAreTold() throws IOException {
    file(folder.resolve("in/train/caf\u00e9/1"));
    file(folder.resolve("in/train/tea/1"));
    file(folder.resolve("in/val/cafe\u0301/1"));
    file(folder.resolve("in/val/tea/1"));
    Listing listing = list("folder", folder.resolve("in"));
    assertThat(listing.classes()).containsExactly("cafe\u0301", "caf\u00e9", "tea");
    assertThat(listing.warnings())
        .anyMatch(told -> told.matches("names of classes .* Unicode form only .*: caf\u00e9"));

    Path list = Files.writeString(folder.resolve("classes"), "tea\ncaf\u00e9\n");
    assertThatThrownBy(
            () ->
                FixedClasses.apply(
                    configuration, new org.apache.hadoop.fs.Path(list.toUri()), listing))
        .isInstanceOf(SourceException.class)
        .hasMessageEndingWith("cafe\u0301 (it has the same letters in another Unicode form)");
  }

  @Test
  void aFileOrFolderWhoseNameIsNoUtf8IsRead() throws Exception {
    for (String raw : List.of("cls/caf%E9.jpg", "cls/s%FCb/1.jpg", "cls/s%FCb/d/%C3%A9.jpg")) {
      file(Path.of(URI.create(folder.toUri() + "in/" + raw)));
    }

    Listing listing = list("folder", folder.resolve("in"));
    assertThat(listing.items())
        .extracting(Item::key)
        .containsExactly("cls/caf\\xE9.jpg", "cls/s\\xFCb/1.jpg", "cls/s\\xFCb/d/\u00e9.jpg");
    try (Source.Reader reader = Sources.named("folder").orElseThrow().open(configuration)) {
      for (Item item : listing.items()) {
        assertThat(reader.read(item).bytes()).isEqualTo(Tars.bytes("bytes of a picture"));
      }
    }

    file(Path.of(URI.create(folder.toUri() + "in/cl%E4ss/1.jpg")));
    assertThatThrownBy(() -> list("folder", folder.resolve("in")))
        .isInstanceOf(SourceException.class)
        .hasMessageStartingWith("the name of the class folder cl\\xE4ss isn't UTF-8, or")
        .hasMessageEndingWith(": rename the folder, or set LC_ALL=C.UTF-8");
  }
}
