package convoy.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.dataset.Manifest;
import convoy.data.generate.Generator;
import convoy.data.source.Item;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.spark.HadoopSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contents may change between the two passes, and between an interrupted run and the next. */
class ShardTaskTest {
  private static final String SHARD = "train/part-00000.parquet";
  private final Configuration configuration = HadoopSettings.local().configuration();
  private final List<Item> items = new ArrayList<>();

  @TempDir private Path folder;

  @BeforeEach
  void drawPictures() throws IOException {
    Generator.write(folder.resolve("in"), 2, 4, 24, 7);
    try (Stream<Path> files = Files.walk(folder.resolve("in/train"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String key = folder.relativize(file).toString();
        items.add(new Item(key, "train", 0, Files.size(file), file.toUri().toString(), 0));
      }
    }
  }

  private ShardContent content(int shortSide, int rowGroupExamples) throws IOException {
    List<Checked> checked =
        Checker.check(configuration, "folder", shortSide, new ItemBatch(0, 0, items));
    List<ShardContent.Row> rows =
        Assignment.of(items, checked, 0, 1L << 20, 1).shards().get(0).rows();
    return new ShardContent(SHARD, rowGroupExamples, rows);
  }

  private org.apache.hadoop.fs.Path out() {
    return new org.apache.hadoop.fs.Path(folder.resolve("out").toUri());
  }

  private Manifest.Shard write(ShardContent content, int shortSide) throws IOException {
    return ShardTask.write(configuration, "folder", shortSide, out(), content, "attempt");
  }

  /** The last byte before the end mark of a JPEG: another picture of the same size. */
  private void editOne() throws IOException {
    Path file = Path.of(java.net.URI.create(items.get(3).file()));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 8] ^= 1;
    Files.write(file, bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {StoredPicture.AS_IT_CAME, 16})
  void aPictureThatChangedAfterTheCheckEndsTheTask(int shortSide) throws IOException {
    ShardContent content = content(shortSide, 3);
    editOne();
    assertThatThrownBy(() -> write(content, shortSide))
        .isInstanceOfSatisfying(
            UserException.class,
            changed -> assertThat(changed.exitCode()).isEqualTo(ExitCode.BAD_DATA))
        .hasMessageContaining("changed while it was prepared")
        .hasMessageContaining(items.get(3).file());
    assertThat(folder.resolve("out").resolve(SHARD)).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {StoredPicture.AS_IT_CAME, 16})
  void aFinishedShardOfAnOlderContentIsWrittenAnew(int shortSide) throws IOException {
    ShardContent before = content(shortSide, 3);
    Manifest.Shard old = write(before, shortSide);
    assertThat(old.rowGroups()).isEqualTo(before.rowGroups()).containsExactly(3, 3, 2);
    assertThat(FinishedShards.find(configuration, out(), before)).contains(old);
    editOne();
    ShardContent after = content(shortSide, 3);
    assertThat(FinishedShards.find(configuration, out(), after)).isEmpty();
    Manifest.Shard written = write(after, shortSide);
    assertThat(written.sha256()).isNotEqualTo(old.sha256());
    assertThat(FinishedShards.find(configuration, out(), after)).contains(written);
  }

  @Test
  void aFinishedShardOfOtherRowGroupsIsWrittenAnew() throws IOException {
    write(content(StoredPicture.AS_IT_CAME, 4), StoredPicture.AS_IT_CAME);
    ShardContent content = content(StoredPicture.AS_IT_CAME, 3);
    assertThat(FinishedShards.find(configuration, out(), content)).isEmpty();
    assertThat(write(content, StoredPicture.AS_IT_CAME).rowGroups()).containsExactly(3, 3, 2);
  }
}
