package convoy.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarSourceTest {
  private static final String INSIDE = "cifar-10-batches-bin/";
  private final Configuration configuration = new Configuration();
  private final Source source = Sources.named("cifar10").orElseThrow();
  private final Map<String, byte[]> batches = new LinkedHashMap<>();
  @TempDir private Path folder;

  /** Writes two training records and one test record. */
  @BeforeEach
  void records() {
    byte[] records = new byte[2 * 3073];
    records[0] = 3;
    records[1] = 10;
    records[1 + 1024] = 20;
    records[1 + 2048] = 30;
    records[3073] = 9;
    records[2 * 3073 - 1] = 40;
    batches.put(INSIDE + "data_batch_1.bin", records);
    batches.put(INSIDE + "test_batch.bin", Arrays.copyOf(records, 3073));
  }

  private Listing list() throws IOException {
    return source.list(
        ListingTasks.here(configuration), List.of(new org.apache.hadoop.fs.Path(folder.toUri())));
  }

  private byte[] read(Item item) throws Exception {
    try (Source.Reader reader = source.open(configuration)) {
      return reader.read(item).bytes();
    }
  }

  @Test
  void theArchiveAndItsTarAndItsFilesGiveTheSamePixels() throws Exception {
    Map<String, byte[]> forms = new TreeMap<>();
    forms.put("cifar-10-binary.tar", Tars.of(batches));
    forms.put("cifar-10-binary.tar.gz", Tars.packed(Tars.of(batches)));
    for (int i = 0; i < 3; i++) {
      String form = i < 2 ? List.copyOf(forms.keySet()).get(i) : "files";
      if (i < 2) {
        Files.write(folder.resolve(form), forms.get(form));
      } else {
        for (Map.Entry<String, byte[]> batch : batches.entrySet()) {
          Files.write(folder.resolve(batch.getKey().replace(INSIDE, "")), batch.getValue());
        }
      }

      Listing listing = list();
      assertThat(listing.items())
          .as(form)
          .extracting(
              item -> item.key() + " " + item.split() + " " + listing.classes().get(item.label()))
          .containsExactly(
              "data_batch_1/00000 train cat",
              "data_batch_1/00001 train truck",
              "test_batch/00000 val cat");
      assertThat(Arrays.copyOf(read(listing.items().get(0)), 4)).containsExactly(10, 20, 30, 0);
      assertThat(read(listing.items().get(1))).hasSize(3072).endsWith(0, 0, 40);
      Files.deleteIfExists(folder.resolve(form));
    }
  }

  @Test
  void aLabelThatCifarDoesNotHaveIsAnError() throws IOException {
    batches.get(INSIDE + "data_batch_1.bin")[3073] = 10;
    Files.write(folder.resolve("cifar-10-binary.tar"), Tars.of(batches));
    assertThatThrownBy(this::list).hasMessageContaining("label 10");
  }

  @Test
  void absentBatchesAndLinksAreTold() throws IOException {
    Files.write(
        folder.resolve("cifar-10-binary.tar"),
        Tars.of(batches, Map.of(INSIDE + "data_batch_2.bin", "data_batch_1.bin")));
    Listing listing = list();
    assertThat(listing.items()).hasSize(3);
    assertThat(listing.warnings()).hasSize(3);
    assertThat(listing.warnings().get(0)).contains("data_batch_2.bin as a link");
    assertThat(listing.warnings().get(1))
        .contains("4 of CIFAR-10's 6 batches are not there: data_batch_2.bin, data_batch_3.bin");
    Files.write(folder.resolve("cifar-10-binary.tar"), Tars.of(Map.of()));
    assertThatThrownBy(this::list).hasMessageContaining("no data_batch_1.bin");
  }

  @Test
  void aCutOrDamagedArchiveIsAnError() throws IOException {
    byte[] packed = Tars.packed(Tars.of(batches));
    for (int size : new int[] {5, packed.length / 2, packed.length - 4}) {
      Files.write(folder.resolve("cifar-10-binary.tar.gz"), Arrays.copyOf(packed, size));
      assertThatThrownBy(this::list)
          .as("%d of %d bytes", size, packed.length)
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("fetch it again");
    }

    Files.write(folder.resolve("cifar-10-binary.tar.gz"), Tars.of(batches));
    assertThatThrownBy(this::list).isInstanceOf(SourceException.class);
  }

  @Test
  void anArchiveLargerThanTheFirstBufferIsUnpackedWhole() throws IOException {
    byte[] large = new byte[(5 << 20) + 17];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * 31 + (i >> 12));
    }

    Path path = Files.write(folder.resolve("large.gz"), Tars.packed(large));
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(path.toUri());
    assertThat(UnpackedFile.of(SourceFiles.of(configuration, file), file)).isEqualTo(large);
    for (int size : new int[] {0, 1, 1 << 20, (1 << 20) + 1}) {
      Files.write(path, Tars.packed(Arrays.copyOf(large, size)));
      assertThat(UnpackedFile.of(SourceFiles.of(configuration, file), file)).hasSize(size);
    }
  }
}
