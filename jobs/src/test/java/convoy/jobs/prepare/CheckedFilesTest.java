package convoy.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.dataset.PixelSums;
import convoy.data.image.Picture;
import convoy.data.source.Item;
import convoy.jobs.spark.HadoopSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckedFilesTest {
  private static final Item ITEM = new Item("a/1.jpg", "train", 0, 700, "file:/a/1.jpg", 0);
  private static final ItemBatch BATCH =
      new ItemBatch(3, 1500, List.of(ITEM, new Item("a/2.txt", "val", 0, 9, "file:/a/2.txt", 4)));
  private static final PixelSums SUMS =
      PixelSums.of(new Picture(2, 1, 3, new byte[] {1, 2, 3, -4, -5, -6}));
  private static final Checked GOOD =
      new Checked("jpeg", 2, 1, 3, 700, null, null, hash("came"), hash("kept"), SUMS);

  private final Configuration configuration = HadoopSettings.local().configuration();

  @TempDir private Path folder;

  private static ContentHash hash(String content) {
    return ContentHash.of(content.getBytes(StandardCharsets.UTF_8));
  }

  private CheckedFiles files(String provenance) {
    return new CheckedFiles(folder.toUri().toString(), provenance);
  }

  private Path file() {
    return folder.resolve("_checked/00003.jsonl");
  }

  @BeforeEach
  void write() throws IOException {
    List<Checked> found =
        List.of(GOOD, Checked.rejected(null, "not-a-picture", "a note\nof two lines"));
    files("provenance").write(configuration, BATCH, found, "attempt");
  }

  @Test
  void whatWasFoundReadsBackWithItsSums() throws IOException {
    assertThat(Files.readAllLines(file())).hasSize(3);
    List<Checked> found = files("provenance").read(configuration, BATCH).orElseThrow();
    assertThat(found.get(0).withoutSums()).isEqualTo(GOOD.withoutSums());
    assertThat(found.get(0).sums().numbers())
        .isEqualTo(SUMS.numbers())
        .startsWith(2, 1 + 252, 2 + 251, 3 + 250);
    assertThat(found.get(1).message()).isEqualTo("a note of two lines");
    assertThat(found.get(1))
        .isEqualTo(Checked.rejected(null, "not-a-picture", "a note\nof two lines"));
  }

  @Test
  void otherItemsOrAnotherProvenanceFindNothing() throws IOException {
    assertThat(files("other").read(configuration, BATCH)).isEmpty();
    ItemBatch shorter = new ItemBatch(3, 1500, List.of(ITEM));
    assertThat(files("provenance").read(configuration, shorter)).isEmpty();
    Item moved = new Item("a/2.txt", "val", 0, 9, "file:/b/2.txt", 4);
    ItemBatch other = new ItemBatch(3, 1500, List.of(ITEM, moved));
    assertThat(files("provenance").read(configuration, other)).isEmpty();
    ItemBatch later = new ItemBatch(4, 2000, BATCH.items());
    assertThat(files("provenance").read(configuration, later)).isEmpty();
  }

  @Test
  void aDamagedFileIsNone() throws IOException {
    String whole = Files.readString(file());
    List<String> damaged =
        List.of(
            "",
            "\n",
            whole.substring(0, whole.length() / 2),
            whole.substring(0, whole.lastIndexOf('{')),
            whole.replace("\"width\":2", "\"width\":3"));
    for (String text : damaged) {
      assertThat(text).isNotEqualTo(whole);
      Files.writeString(file(), text);
      assertThat(files("provenance").read(configuration, BATCH)).as(text).isEmpty();
    }

    Files.writeString(file(), whole);
    assertThat(files("provenance").read(configuration, BATCH)).isPresent();
  }
}
