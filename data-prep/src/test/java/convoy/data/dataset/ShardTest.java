package convoy.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardTest {
  private final Configuration configuration = new Configuration();
  @TempDir private java.nio.file.Path folder;

  private Manifest.Shard write(String name, List<Example> examples, int rowGroupExamples)
      throws IOException {
    try (ShardWriter writer =
        ShardWriter.create(configuration, dataset(), name, rowGroupExamples, "0")) {
      for (Example example : examples) {
        writer.add(example);
      }

      return writer.finish();
    }
  }

  private Path dataset() {
    return new Path(folder.toUri());
  }

  /** Creates images of very different sizes, as real pictures have. */
  private static List<Example> examples(int count, int largest) {
    Random random = new Random(count);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] image = new byte[1 + random.nextInt(largest)];
      random.nextBytes(image);
      examples.add(new Example("train/é %#[" + i + "].jpg", i % 7, i, i + 1, 3, "jpeg", image));
    }

    return examples;
  }

  @ParameterizedTest
  @CsvSource({
    "1,128,10",
    "127,128,5000",
    "128,128,5000",
    "129,128,5000",
    "1000,64,20000",
    "900,256,40000",
    "5,2,3000000",
    "3000,128,10"
  })
  void rowGroupsHaveExactlyTheAskedExamples(int count, int rowGroupExamples, int largest)
      throws IOException {
    Manifest.Shard shard =
        write("train/part-00000.parquet", examples(count, largest), rowGroupExamples);
    Path path = new Path(dataset(), shard.path());
    try (ParquetFileReader parquet =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, configuration))) {
      List<Integer> inFile = new ArrayList<>();
      for (BlockMetaData block : parquet.getRowGroups()) {
        inFile.add((int) block.getRowCount());
        for (ColumnChunkMetaData column : block.getColumns()) {
          assertThat(column.getTotalSize()).isEqualTo(column.getTotalUncompressedSize());
        }
      }

      assertThat(inFile).isEqualTo(shard.rowGroups());
    }

    List<Integer> expected = new ArrayList<>();
    for (int left = count; left > 0; left -= rowGroupExamples) {
      expected.add(Math.min(left, rowGroupExamples));
    }

    assertThat(shard.rowGroups()).isEqualTo(expected);
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    List<Example> examples = examples(300, 3000);
    Manifest.Shard shard = write("val/part-00000.parquet", examples, 128);
    try (ShardReader reader = ShardReader.open(configuration, new Path(dataset(), shard.path()))) {
      assertThat(reader.rowGroups()).containsExactly(128, 128, 44);
      // The last row group is read first, because row groups may be read in any order.
      for (int rowGroup = 2; rowGroup >= 0; rowGroup--) {
        List<Example> read = reader.read(rowGroup);
        assertThat(read)
            .usingRecursiveFieldByFieldElementComparator()
            .isEqualTo(examples.subList(128 * rowGroup, Math.min(300, 128 * rowGroup + 128)));
      }
    }
  }

  @Test
  void theSameExamplesGiveTheSameBytesAndTheirHash() throws Exception {
    List<Example> examples = examples(200, 3000);
    Manifest.Shard one = write("a.parquet", examples, 64);
    Manifest.Shard two = write("b.parquet", examples, 64);
    byte[] bytes = Files.readAllBytes(folder.resolve("a.parquet"));
    assertThat(Files.readAllBytes(folder.resolve("b.parquet"))).isEqualTo(bytes);
    assertThat(one.sha256()).isEqualTo(two.sha256()).isEqualTo(hash(bytes));
    assertThat(one.bytes()).isEqualTo(bytes.length);
  }

  @Test
  void theFooterHasNoOrderThatAProcessMakesUp() throws IOException {
    write("part.parquet", examples(200, 3000), 64);
    byte[] bytes = Files.readAllBytes(folder.resolve("part.parquet"));
    int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8);
    FileMetaData footer =
        Util.readFileMetaData(new ByteArrayInputStream(bytes, bytes.length - 8 - length, length));
    assertThat(footer.getRow_groups()).hasSize(4);
    footer
        .getRow_groups()
        .forEach(
            rowGroup ->
                assertThat(rowGroup.getColumns())
                    .hasSize(7)
                    .allSatisfy(
                        column ->
                            assertThat(column.getMeta_data().getEncodings())
                                .containsExactly(Encoding.PLAIN, Encoding.RLE)));
  }

  private static String hash(byte[] bytes) {
    java.security.MessageDigest digest = Sha256.digest();
    digest.update(bytes);
    return Sha256.hex(digest);
  }

  @Test
  void aShardThatWasNotFinishedLeavesNothing() throws IOException {
    try (ShardWriter writer =
        ShardWriter.create(configuration, dataset(), "part.parquet", 64, "0")) {
      writer.add(examples(1, 10).get(0));
    }

    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aFlippedByteIsFound() throws IOException {
    Manifest.Shard shard = write("part.parquet", examples(100, 3000), 64);
    java.nio.file.Path file = folder.resolve("part.parquet");
    byte[] bytes = Files.readAllBytes(file);
    bytes[20_000] ^= 1;
    Files.write(file, bytes);
    try (ShardReader reader = ShardReader.open(configuration, new Path(dataset(), shard.path()))) {
      assertThatThrownBy(() -> reader.read(0))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("part.parquet is damaged");
    }
  }

  @Test
  void aMissingOrForeignFileIsToldAsSuch() throws IOException {
    Path absent = new Path(dataset(), "train/part-00007.parquet");
    assertThatThrownBy(() -> ShardReader.open(configuration, absent))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("part-00007.parquet")
        .hasMessageContaining("prepare again");
    Files.writeString(folder.resolve("text.parquet"), "no parquet at all, only text");
    assertThatThrownBy(() -> ShardReader.open(configuration, new Path(dataset(), "text.parquet")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("text.parquet is damaged");
  }
}
