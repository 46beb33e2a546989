package convoy.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.data.dataset.Example;
import convoy.data.dataset.ShardReader;
import convoy.jobs.ConsoleCapture;
import convoy.jobs.spark.HadoopSettings;
import convoy.jobs.spark.SparkSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** What a dataset holds. */
class PreparedDatasetIT extends OnDrawnPictures {
  @Test
  void sparkReadsWhatTheManifestSays() throws IOException {
    ConsoleCapture run = PrepareRun.folder(pictures, out(), "--json");
    prepared(run);
    JsonNode result = new ObjectMapper().readTree(run.out());
    assertThat(result.path("changed").asBoolean()).isTrue();
    assertThat(result.at("/splits/train/examples").asInt()).isEqualTo(160);
    assertThat(result.at("/splits/val/examples").asInt()).isEqualTo(32);
    JsonNode manifest = PrepareRun.json(out().resolve("manifest.json"));
    assertThat(manifest.at("/splits/train/classCounts").toString()).isEqualTo("[40,40,40,40]");
    assertThat(manifest.at("/splits/train/files/0/rowGroups").toString()).isEqualTo("[128,32]");
    assertThat(manifest.at("/statistics/gray").asBoolean()).isFalse();
    assertThat(manifest.at("/statistics/mean/0").asDouble()).isBetween(20.0, 235.0);
    try (SparkSession spark = SparkSessions.open("test", Map.of("spark.master", "local[2]"))) {
      Dataset<Row> rows = spark.read().parquet(out().resolve("train").toString());
      assertThat(rows.columns())
          .containsExactly("key", "label", "width", "height", "channels", "format", "image");
      Set<String> keys = new HashSet<>();
      for (Row row : rows.collectAsList()) {
        Path file = pictures.resolve(row.getString(0));
        assertThat((byte[]) row.getAs("image")).isEqualTo(Files.readAllBytes(file));
        String name = manifest.at("/classes/" + row.getInt(1) + "/name").asText();
        assertThat(file.getParent().getFileName()).hasToString(name);
        assertThat(row.mkString(",")).contains(",24,24,3,jpeg,");
        keys.add(row.getString(0));
      }

      assertThat(keys).hasSize(160);
    }
  }

  @Test
  void anyNumberOfTasksGivesTheSameBytes() throws IOException {
    Path in = copy();
    Path first = first(in.resolve("train"));
    Files.write(first, Arrays.copyOf(Files.readAllBytes(first), 300));
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    prepared(PrepareRun.run("local[1]", 1, PrepareRun.arguments("folder", in, one)));
    prepared(PrepareRun.run("local[2]", 9, PrepareRun.arguments("folder", in, two)));
    Map<String, byte[]> content = PrepareRun.content(one);
    assertThat(content)
        .containsOnlyKeys(
            "manifest.json",
            "quarantine.jsonl",
            "train/part-00000.parquet",
            "val/part-00000.parquet");
    assertThat(PrepareRun.content(two)).containsExactlyEntriesOf(content);
    assertThat(content.get("quarantine.jsonl")).isNotEmpty();

    Path seeded = folder.resolve("seeded");
    prepared(PrepareRun.folder(in, seeded, "--seed", "43"));
    assertThat(PrepareRun.content(seeded).get("train/part-00000.parquet"))
        .isNotEqualTo(content.get("train/part-00000.parquet"));
  }

  @Test
  void aShortSideMakesSmallerPicturesAndTheirStatistics() throws IOException {
    prepared(PrepareRun.folder(pictures, out(), "--short-side", "16"));
    JsonNode manifest = PrepareRun.json(out().resolve("manifest.json"));
    assertThat(manifest.at("/provenance/options/shortSide").asInt()).isEqualTo(16);
    try (ShardReader reader =
        ShardReader.open(
            HadoopSettings.local().configuration(),
            new org.apache.hadoop.fs.Path(out().resolve("train/part-00000.parquet").toUri()))) {
      for (Example example : reader.read(0)) {
        assertThat(example.width()).isEqualTo(16);
        assertThat(example.height()).isEqualTo(16);
        assertThat(example.format()).isEqualTo("jpeg");
      }
    }

    Path other = folder.resolve("other");
    prepared(
        PrepareRun.run(
            "local[1]", 1, PrepareRun.arguments("folder", pictures, other, "--short-side", "16")));
    assertThat(PrepareRun.content(other)).containsExactlyEntriesOf(PrepareRun.content(out()));
    // Already as small: the bytes stay.
    Path same = folder.resolve("same");
    Path large = folder.resolve("large");
    prepared(PrepareRun.folder(pictures, same));
    prepared(PrepareRun.folder(pictures, large, "--short-side", "24"));
    assertThat(PrepareRun.content(large).get("train/part-00000.parquet"))
        .isEqualTo(PrepareRun.content(same).get("train/part-00000.parquet"));
  }

  @Test
  void mnistKeepsItsPixelsAndItsTestDigits() throws IOException {
    Path mnist = PrepareRun.DATA.resolve("mnist");
    assumeTrue(Files.isDirectory(mnist), "needs shared/data/mnist beside the checkout");
    prepared(
        PrepareRun.run(
            "local[2]", 2, PrepareRun.arguments("mnist", mnist, out(), "--shard-mb", "16")));
    JsonNode manifest = PrepareRun.json(out().resolve("manifest.json"));
    assertThat(manifest.at("/splits/train/files")).hasSize(3);
    assertThat(manifest.at("/splits/val/classCounts").toString())
        .isEqualTo("[980,1135,1032,1010,982,892,958,1028,974,1009]");
    assertThat(manifest.at("/statistics/gray").asBoolean()).isTrue();
    // The published mean and deviation of MNIST's training pixels, 0.1307 and 0.3081 of 255.
    assertThat(manifest.at("/statistics/mean/0").asDouble() / 255).isBetween(0.13065, 0.13071);
    assertThat(manifest.at("/statistics/std/0").asDouble() / 255).isBetween(0.30805, 0.30815);
  }
}
