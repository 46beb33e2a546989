package convoy.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.image.BadPictureException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that no record of a list is lost without a word, and that messages name the right line. */
class ListRecordsTest {
  private final Configuration configuration = new Configuration();
  @TempDir private Path folder;

  @BeforeEach
  void pictures() throws IOException {
    for (String name : List.of("a.jpg", "b.jpg")) {
      Files.writeString(folder.resolve(name), name);
    }
  }

  private Listing list(String source, String text) throws IOException {
    Path list = Files.writeString(folder.resolve("list." + source), text);
    return Sources.named(source)
        .orElseThrow()
        .list(
            ListingTasks.here(configuration), List.of(new org.apache.hadoop.fs.Path(list.toUri())));
  }

  private void refused(String source, String text, String... message) {
    assertThatThrownBy(() -> list(source, text))
        .isInstanceOf(SourceException.class)
        .hasMessageContainingAll(message);
  }

  private static String record(String path, String label) {
    return "{\"path\": \"%s\", \"label\": %s}".formatted(path, label);
  }

  @Test
  void twoRecordsOnOneLineAreRefusedAndNotHalved() {
    String good = record("a.jpg", "\"cat\"");
    for (String second : List.of(record("b.jpg", "\"dog\""), "3", "{", "]")) {
      refused("jsonl", good + "\n\n" + good + " " + second + "\n", "list.jsonl, line 3 ");
    }

    refused("jsonl", good + good, "line 1 holds more than one record: write each on its own line");
    refused("jsonl", "[" + good + ",\n" + good + "]", "line 1 is not JSON");
    refused("jsonl", "[" + good + "]", "line 1 is no JSON object");
    refused("jsonl", "{\"path\": \"a.jpg\", \"label\": 1, \"label\": 2}", "line 1", "'label'");
  }

  @Test
  void pythonsNanIsReadInOtherFieldsAndIsNoLabel() throws IOException {
    String scored = "{\"path\": \"a.jpg\", \"label\": \"cat\", \"score\": NaN, \"x\": -Infinity}";
    assertThat(list("jsonl", scored).classes()).containsExactly("cat");
    for (String label : List.of("NaN", "Infinity", "null", "[1]", "{}")) {
      refused("jsonl", record("a.jpg", label), "line 1: path a.jpg, label null");
    }

    assertThat(list("jsonl", record("a.jpg", "7")).classes()).containsExactly("7");
  }

  @Test
  void aCsvsLinesAreCountedWithBlankOnesAndThoseInsideOfValues() {
    refused("csv", "path,label\n\n\na.jpg,cat\n\nb.jpg\n", "line 6 has 1 values, the header 2");
    refused("csv", "path,label\r\n\r\na.jpg,cat\r\nb.jpg", "line 4 has 1 values");
    refused("csv", "path,label,x\na.jpg,cat,\"1\n2\"\nb.jpg\n", "line 4 has 1 values");
    refused("csv", "path,label,x\n\na.jpg,,\"1\n2\"\n", "line 3: path a.jpg, label null");
  }

  @Test
  void aQuotationMarkThatIsNotClosedSwallowsNoRecords() {
    refused("csv", "path,label\na.jpg,\"cat\nb.jpg,dog\n", "line 2 has a label of several lines");
    refused("csv", "label,path\ncat,\"a.jpg\ndog,b.jpg\n", "1 of 1 files", "don't exist");
    refused("csv", "path,label,label\na.jpg,cat,dog\n", "has two columns label: rename one");
  }

  @Test
  void pathsThatDoNotExistAreToldWithAnExampleAndARemedy() throws Exception {
    Listing listing = list("csv", "path,label\na.jpg,cat\ngone/c.jpg,cat\nd.jpg,dog\n");
    assertThat(listing.warnings())
        .singleElement()
        .asString()
        .contains("2 of 3 files of [", "list.csv] don't exist, the first is gone/c.jpg: ")
        .endsWith("paths are relative to the folder of the list");
    try (Source.Reader reader = Sources.named("csv").orElseThrow().open(configuration)) {
      assertThatThrownBy(() -> reader.read(listing.items().get(1)))
          .isInstanceOfSatisfying(
              BadPictureException.class, bad -> assertThat(bad.code()).isEqualTo("not-found"));
    }

    refused("csv", "path,label\nx.jpg,cat\ny.jpg,cat\n", "2 of 2 files", "x.jpg: paths are");
    refused("csv", "path,label\nimg\\0.jpg,cat\n", "1 of 1 files", "write / in place of \\");
    Files.writeString(folder.resolve("caf\u00e9.jpg"), "composed");
    refused("csv", "path,label\ncafe\u0301.jpg,cat\n", "another Unicode form (NFC)");
  }

  @Test
  void aListThatIsNotUtf8IsRefused() throws IOException {
    String text = "path,label\na.jpg,caf\u00e9\nb.jpg,caf\u00e8\n";
    for (Charset other : List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16)) {
      Path list = Files.writeString(folder.resolve("other.csv"), text, other);
      List<org.apache.hadoop.fs.Path> inputs = List.of(new org.apache.hadoop.fs.Path(list.toUri()));
      assertThatThrownBy(() -> new CsvSource().list(ListingTasks.here(configuration), inputs))
          .isInstanceOf(SourceException.class)
          .hasMessageEndingWith("other.csv is not UTF-8: save it as UTF-8");
    }

    assertThat(list("csv", "\ufeff" + text).classes()).containsExactly("caf\u00e8", "caf\u00e9");
  }
}
