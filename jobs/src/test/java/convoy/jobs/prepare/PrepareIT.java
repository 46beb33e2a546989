package convoy.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.data.dataset.Example;
import convoy.data.dataset.Sha256;
import convoy.data.dataset.ShardReader;
import convoy.data.generate.Generator;
import convoy.jobs.ConsoleCapture;
import convoy.jobs.spark.HadoopSettings;
import convoy.jobs.spark.SparkSessions;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareIT {
  @TempDir private static Path shared;
  private static Path pictures;

  @TempDir private Path folder;

  @BeforeAll
  static void drawPictures() throws IOException {
    pictures = shared.resolve("pictures");
    // 4 classes: 160 in train, 32 in val.
    Generator.write(pictures, 4, 40, 24, 7);
  }

  private Path out() {
    return folder.resolve("dataset");
  }

  /** A copy whose files a test may change. */
  private Path copy() throws IOException {
    Path copy = folder.resolve("copy");
    Files.walkFileTree(
        pictures,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(copy.resolve(pictures.relativize(from)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path from, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(from, copy.resolve(pictures.relativize(from)));
            return FileVisitResult.CONTINUE;
          }
        });
    return copy;
  }

  private static Path firstClass(Path in) throws IOException {
    try (Stream<Path> classes = Files.list(in.resolve("train"))) {
      return classes.sorted().findFirst().orElseThrow();
    }
  }

  private static void prepared(ConsoleCapture run) {
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
  }

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

  private static Path first(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).min(Path::compareTo).orElseThrow();
    }
  }

  @Test
  void aSecondRunChangesNothing() throws IOException {
    prepared(PrepareRun.folder(pictures, out()));
    Map<String, FileTime> before = times();
    ConsoleCapture again = PrepareRun.folder(pictures, out());
    prepared(again);
    assertThat(again.out()).startsWith("already prepared");
    assertThat(times()).isEqualTo(before);
  }

  private Map<String, FileTime> times() throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out())) {
      for (Path file : files.toList()) {
        times.put(file.toString(), Files.getLastModifiedTime(file));
      }
    }

    return times;
  }

  @Test
  void aDamagedDatasetIsNamedAndPreparedAnewWithOverwrite() throws IOException {
    prepared(PrepareRun.folder(pictures, out()));
    Files.delete(out().resolve("quarantine.jsonl"));
    ConsoleCapture lost = PrepareRun.folder(pictures, out());
    assertThat(lost.exitCode()).isEqualTo(3);
    assertThat(lost.err()).contains("quarantine.jsonl is missing or damaged: --overwrite");

    Files.deleteIfExists(out().resolve(".manifest.json.crc"));
    Files.writeString(out().resolve("manifest.json"), "{\"formatVersion\": 1, \"cla");
    ConsoleCapture damaged = PrepareRun.folder(pictures, out());
    assertThat(damaged.exitCode()).isEqualTo(3);
    assertThat(damaged.err())
        .contains("the manifest of", "is damaged: --overwrite")
        .hasLineCount(1);
    prepared(PrepareRun.folder(pictures, out(), "--overwrite"));
  }

  @Test
  void otherArgumentsOrFilesAreRefusedWithoutOverwrite() throws IOException {
    prepared(PrepareRun.folder(pictures, out()));
    Map<String, byte[]> before = PrepareRun.content(out());
    ConsoleCapture other = PrepareRun.folder(pictures, out(), "--seed", "1");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("another seed").contains("--overwrite");
    assertThat(PrepareRun.content(out())).containsExactlyEntriesOf(before);
    prepared(PrepareRun.folder(pictures, out(), "--seed", "1", "--overwrite"));
    assertThat(PrepareRun.json(out().resolve("manifest.json")).at("/provenance/options/seed"))
        .hasToString("1");

    Path foreign = Files.createDirectories(folder.resolve("foreign"));
    Files.writeString(foreign.resolve("thesis.txt"), "three years");
    ConsoleCapture refused = PrepareRun.folder(pictures, foreign);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("holds other files").contains("--overwrite");
    assertThat(foreign.resolve("thesis.txt")).exists();
    prepared(PrepareRun.folder(pictures, foreign, "--overwrite"));
    assertThat(foreign.resolve("thesis.txt")).doesNotExist();
  }

  @Test
  void whatAnUnfinishedRunLeftIsDoneAnew() throws IOException {
    prepared(PrepareRun.folder(pictures, out()));
    Map<String, byte[]> whole = PrepareRun.content(out());
    // As a run that was killed while writing leaves it.
    Files.move(out().resolve("manifest.json"), folder.resolve("manifest.json"));
    Files.delete(out().resolve("train/part-00000.parquet"));
    Files.delete(out().resolve("train/.part-00000.parquet.crc"));
    Files.writeString(out().resolve("_prepare.json"), "{\"source\": \"of an older run\"}");
    Files.writeString(out().resolve("train/.part-00000.parquet.17.tmp"), "half a sha");
    Files.writeString(out().resolve("train/part-00007.parquet"), "of other options");
    prepared(PrepareRun.folder(pictures, out()));
    assertThat(PrepareRun.content(out())).containsExactlyEntriesOf(whole);
    assertThat(out().resolve("train/.part-00000.parquet.17.tmp")).doesNotExist();
  }

  @Test
  void aShardThatWasLostSinceIsTold() throws IOException {
    prepared(PrepareRun.folder(pictures, out()));
    Files.delete(out().resolve("val/part-00000.parquet"));
    ConsoleCapture run = PrepareRun.folder(pictures, out());
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("val/part-00000.parquet is missing").contains("--overwrite");
  }

  @Test
  void badPicturesAreQuarantinedOrEndTheJob() throws IOException {
    Path in = copy();
    Path class0 = first(in.resolve("train")).getParent();
    Files.writeString(class0.resolve("a note.txt"), "not a picture");
    Files.write(class0.resolve("empty.jpg"), new byte[0]);
    byte[] whole = Files.readAllBytes(class0.resolve("0000.jpg"));
    Files.write(class0.resolve("cut.png"), Arrays.copyOf(whole, whole.length / 2));
    ConsoleCapture fail = PrepareRun.folder(in, out(), "--bad-images", "fail");
    assertThat(fail.exitCode()).isEqualTo(3);
    assertThat(fail.err()).contains("3 of 195 files").contains("a note.txt (not-a-picture)");
    assertThat(out()).doesNotExist();

    ConsoleCapture run = PrepareRun.folder(in, out());
    prepared(run);
    assertThat(run.out()).contains("160 examples").contains("1 not-a-picture");
    String key = in.relativize(class0) + "/";
    List<String> lines = new ArrayList<>();
    for (JsonNode line : PrepareRun.quarantine(out())) {
      lines.add(line.toString());
    }

    assertThat(lines)
        .containsExactly(
            "{\"key\":\""
                + key
                + "a note.txt\",\"reason\":\"not-a-picture\",\"format\":null,\"action\":\"rejected\"}",
            "{\"key\":\""
                + key
                + "cut.png\",\"reason\":\"truncated\",\"format\":\"jpeg\",\"action\":\"rejected\"}",
            "{\"key\":\""
                + key
                + "empty.jpg\",\"reason\":\"empty\",\"format\":null,\"action\":\"rejected\"}");
  }

  @Test
  void theFirstTwentyBadPicturesAreNamed() throws IOException {
    Path in = copy();
    Path class0 = first(in.resolve("train")).getParent();
    for (int i = 10; i < 35; i++) {
      Files.writeString(class0.resolve("note-" + i + ".txt"), "not a picture");
    }

    ConsoleCapture fail = PrepareRun.folder(in, out(), "--bad-images", "fail");
    assertThat(fail.exitCode()).isEqualTo(3);
    assertThat(fail.err())
        .contains("25 of 217 files", "not-a-picture 25")
        .contains("note-10.txt (not-a-picture)\n", "note-29.txt (not-a-picture)\n")
        .doesNotContain("note-30.txt")
        .hasLineCount(21);
    assertThat(out()).doesNotExist();
    ConsoleCapture many = PrepareRun.folder(in, out(), "--max-bad-fraction", "0.1");
    assertThat(many.exitCode()).isEqualTo(3);
    assertThat(many.err()).contains("note-29.txt (not-a-picture)").hasLineCount(21);
  }

  @Test
  void aDatasetOfAnotherConvoyWithoutTodaysOptionsStays() throws IOException {
    prepared(PrepareRun.folder(pictures, out()));
    ObjectNode older = (ObjectNode) PrepareRun.json(out().resolve("manifest.json"));
    ((ObjectNode) older.get("provenance")).put("convoy", "0.9").put("decoder", "an older one");
    ((ObjectNode) older.at("/provenance/options")).remove(List.of("shortSide", "duplicates"));
    older.remove("checksum");
    older.put("checksum", Sha256.of(older.toString()));
    Files.delete(out().resolve(".manifest.json.crc"));
    Files.writeString(out().resolve("manifest.json"), older.toString());
    ConsoleCapture again = PrepareRun.folder(pictures, out());
    prepared(again);
    assertThat(again.out()).startsWith("already prepared");
    ConsoleCapture other = PrepareRun.folder(pictures, out(), "--short-side", "16");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("made with another shortSide: name another folder");
  }

  @Test
  void aNewerManifestIsRefusedInItsOwnWords() throws IOException {
    prepared(PrepareRun.folder(pictures, out()));
    Files.delete(out().resolve(".manifest.json.crc"));
    Files.writeString(out().resolve("manifest.json"), "{\"formatVersion\": 2}");
    ConsoleCapture newer = PrepareRun.folder(pictures, out());
    assertThat(newer.exitCode()).isEqualTo(3);
    assertThat(newer.err())
        .contains("formatVersion 2, this Convoy reads up to 1: use a newer Convoy")
        .doesNotContain("damaged")
        .hasLineCount(1);
    prepared(PrepareRun.folder(pictures, out(), "--overwrite"));
  }

  @Test
  void anOverwriteThatFindsTooManyBadPicturesLeavesTheOldDataset() throws IOException {
    Path in = copy();
    prepared(PrepareRun.folder(in, out()));
    Map<String, byte[]> before = PrepareRun.content(out());
    Files.writeString(first(in.resolve("train")).getParent().resolve("note.txt"), "no picture");
    ConsoleCapture fail = PrepareRun.folder(in, out(), "--overwrite", "--bad-images", "fail");
    assertThat(fail.exitCode()).isEqualTo(3);
    assertThat(PrepareRun.content(out())).containsExactlyEntriesOf(before);
  }

  @Test
  void withoutAUsablePictureNothingIsMade() throws IOException {
    Path in = Files.createDirectories(folder.resolve("texts/class"));
    Files.writeString(in.resolve("1.jpg"), "no");
    ConsoleCapture run = PrepareRun.folder(in.getParent(), out());
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("no usable training picture among 1 files");
    assertThat(out()).doesNotExist();

    ConsoleCapture absent = PrepareRun.folder(folder.resolve("nowhere"), out());
    assertThat(absent.exitCode()).isEqualTo(3);
    assertThat(absent.err()).contains("nowhere doesn't exist");
  }

  @Test
  void wrongArgumentsAreToldTogether() {
    ConsoleCapture wrong =
        PrepareRun.run(
            "local[1]",
            1,
            PrepareRun.arguments(
                "foldr", pictures, out(), "--val-fraction", "1", "--shard-mb", "0"));
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("did you mean folder?")
        .contains("--val-fraction 1.0")
        .contains("--shard-mb");
    ConsoleCapture inside = PrepareRun.folder(pictures, pictures.resolve("train/dataset"));
    assertThat(inside.exitCode()).isEqualTo(2);
    assertThat(inside.err()).contains("lie inside one another");
    ConsoleCapture around = PrepareRun.folder(pictures, pictures.getParent());
    assertThat(around.exitCode()).isEqualTo(2);
    ConsoleCapture shortSide = PrepareRun.folder(pictures, out(), "--short-side", "3");
    assertThat(shortSide.exitCode()).isEqualTo(2);
    assertThat(shortSide.err()).contains("--short-side 3 must be at least 8");
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
  void aKilledRunGoesOnFromItsFinishedShards() throws IOException {
    Path mnist = PrepareRun.DATA.resolve("mnist");
    assumeTrue(Files.isDirectory(mnist), "needs shared/data/mnist beside the checkout");
    String[] arguments = PrepareRun.arguments("mnist", mnist, out(), "--shard-mb", "8");
    prepared(PrepareRun.run("local[2]", 2, arguments));
    Map<String, byte[]> whole = PrepareRun.content(out());
    assertThat(whole).hasSizeGreaterThan(6);
    // As a run that was killed while writing leaves it: one shard lacks, one is damaged.
    JsonNode provenance = PrepareRun.json(out().resolve("manifest.json")).path("provenance");
    Files.writeString(out().resolve("_prepare.json"), provenance.toString());
    Files.delete(out().resolve("manifest.json"));
    Files.delete(out().resolve("train/part-00001.parquet"));
    Path damaged = out().resolve("train/part-00002.parquet");
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[bytes.length / 2] ^= 1;
    Files.write(damaged, bytes);
    Files.deleteIfExists(out().resolve("train/.part-00002.parquet.crc"));
    // Another shard's rows under this name: whole, and not what the plan says.
    Files.copy(
        out().resolve("train/part-00004.parquet"),
        out().resolve("train/part-00003.parquet"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(out().resolve("train/.part-00003.parquet.crc"));
    FileTime before = Files.getLastModifiedTime(out().resolve("train/part-00000.parquet"));
    prepared(PrepareRun.run("local[2]", 2, arguments));
    assertThat(PrepareRun.content(out())).containsExactlyEntriesOf(whole);
    assertThat(Files.getLastModifiedTime(out().resolve("train/part-00000.parquet")))
        .isEqualTo(before);
  }

  @Test
  void equalPicturesAreCountedRejectedOrEndTheJob() throws IOException {
    Path in = copy();
    Path first = first(in.resolve("train"));
    List<Path> classes;
    try (Stream<Path> folders = Files.list(in.resolve("train"))) {
      classes = folders.sorted().toList();
    }

    Files.copy(first, classes.get(1).resolve("copy.jpg"));
    Path second = classes.get(2).resolve("0000.jpg");
    Files.copy(second, in.resolve("val").resolve(classes.get(2).getFileName()).resolve("copy.jpg"));
    ConsoleCapture kept = PrepareRun.folder(in, out());
    prepared(kept);
    assertThat(kept.out())
        .contains("equal     1 pictures in two classes", "equal     1 pictures in both splits");
    ConsoleCapture fail = PrepareRun.folder(in, folder.resolve("fail"), "--duplicates", "fail");
    assertThat(fail.exitCode()).isEqualTo(3);
    assertThat(fail.err()).contains("1 in two classes, 1 in both splits, the first is");
    assertThat(folder.resolve("fail")).doesNotExist();
    Path clean = folder.resolve("clean");
    prepared(PrepareRun.folder(in, clean, "--duplicates", "quarantine"));
    assertThat(PrepareRun.quarantine(clean))
        .extracting(line -> line.get("reason").asText())
        .containsExactlyInAnyOrder(
            "duplicate-in-classes", "duplicate-in-classes", "duplicate-in-splits");
    JsonNode manifest = PrepareRun.json(clean.resolve("manifest.json"));
    assertThat(manifest.at("/splits/train/examples").asInt()).isEqualTo(158);
    assertThat(manifest.at("/splits/val/examples").asInt()).isEqualTo(33);
  }

  @Test
  void moreBadPicturesThanAllowedEndTheJob() throws IOException {
    Path in = copy();
    Files.writeString(first(in.resolve("train")).getParent().resolve("note.txt"), "no picture");
    ConsoleCapture many = PrepareRun.folder(in, out(), "--max-bad-fraction", "0.005");
    assertThat(many.exitCode()).isEqualTo(3);
    assertThat(many.err())
        .contains("1 of 193 files", "not-a-picture", "--max-bad-fraction 0.005 doesn't allow it");
    assertThat(out()).doesNotExist();
    prepared(PrepareRun.folder(in, out(), "--max-bad-fraction", "0.01"));
    ConsoleCapture again = PrepareRun.folder(in, out(), "--max-bad-fraction", "0.005");
    assertThat(again.exitCode()).isEqualTo(3);
    assertThat(again.err()).contains("is finished and has 1 files in quarantine.jsonl");
  }

  @Test
  void namesOfAnyKindBecomeKeys() throws IOException {
    Path in = Files.createDirectories(folder.resolve("odd root %41 #/ein Ä/deep er"));
    byte[] picture = Files.readAllBytes(first(pictures));
    List<String> names =
        List.of("a b", "100%", "%41", "#1.jpg", "[x]*?.jpg", "a+b", "'q\"", "é 漢.jpg", "_u", "a:b");
    for (String name : names) {
      Files.write(in.resolve(name), picture);
    }

    Files.write(in.resolve(".hidden.jpg"), picture);
    Path root = folder.resolve("odd root %41 #");
    ConsoleCapture run =
        PrepareRun.folder(root, folder.resolve("öut %20"), "--json", "--val-fraction", "0");
    prepared(run);
    JsonNode result = new ObjectMapper().readTree(run.out());
    assertThat(result.at("/splits/train/examples").asInt()).isEqualTo(names.size());
    assertThat(result.path("hidden").asInt()).isEqualTo(1);
    String shard = folder.resolve("öut %20/train/part-00000.parquet").toString();
    try (ShardReader reader =
        ShardReader.open(
            HadoopSettings.local().configuration(), new org.apache.hadoop.fs.Path(shard))) {
      assertThat(reader.read(0).stream().map(Example::key))
          .containsExactlyInAnyOrderElementsOf(
              names.stream().map(name -> "ein Ä/deep er/" + name).toList());
    }
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

  @Test
  void everyNameInAFolderIsAnExampleOrALineAndNothingIsReadTwiceOrForEver() throws Exception {
    Path in = copy();
    Path ring = firstClass(in);
    Files.createSymbolicLink(ring.resolve("self"), Path.of("."));
    Files.createSymbolicLink(ring.resolve("nowhere.jpg"), Path.of("gone.jpg"));
    Files.createSymbolicLink(ring.resolve("a:b.jpg"), ring.resolve("0001.jpg"));
    assertThat(new ProcessBuilder("mkfifo", ring.resolve("pipe").toString()).start().waitFor())
        .isZero();
    Files.write(Path.of(java.net.URI.create(ring.toUri() + "lat%E4.jpg")), new byte[10]);
    ConsoleCapture run = PrepareRun.folder(in, out());
    prepared(run);
    JsonNode manifest = PrepareRun.json(out().resolve("manifest.json"));
    assertThat(manifest.at("/splits/train/examples").asInt()).isEqualTo(161);
    assertThat(PrepareRun.quarantine(out()))
        .extracting(line -> line.get("key").asText().replaceFirst(".*/", ""))
        .containsExactlyInAnyOrder("nowhere.jpg", "lat\\xE4.jpg");
  }

  @Test
  void picturesBehindALinkAreNotOverwritten() throws IOException {
    Path in = copy();
    Path link = Files.createSymbolicLink(folder.resolve("link"), in);
    ConsoleCapture run = PrepareRun.folder(in, link, "--overwrite");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("lie inside one another");
    assertThat(PrepareRun.folder(in, link.resolve("dataset")).exitCode()).isEqualTo(2);
    assertThat(in.resolve("train")).isDirectory();
  }

  @Test
  void aFolderTrainOfFoldersIsTheTrainingSplitWhateverLiesBesideIt() throws IOException {
    Path in = copy();
    Files.move(in.resolve("val"), in.resolve("meta"));
    ConsoleCapture run = PrepareRun.folder(in, out());
    prepared(run);
    assertThat(PrepareRun.json(out().resolve("manifest.json")).at("/classes").size()).isEqualTo(4);
  }

  @Test
  void extremePicturesAreRejectedAndFailOnBadHoldsForAFinishedDatasetToo() throws IOException {
    Path in = copy();
    Path first = firstClass(in);
    Files.write(
        first.resolve("line.png"),
        convoy.data.image.Encoder.png(
            new convoy.data.image.Picture(40_000, 1, 1, new byte[40_000])));
    prepared(PrepareRun.folder(in, out()));
    assertThat(PrepareRun.quarantine(out()))
        .extracting(line -> line.get("reason").asText())
        .allMatch(reason -> reason.startsWith("extreme-aspect"))
        .hasSize(1);
    ConsoleCapture again = PrepareRun.folder(in, out(), "--bad-images", "fail");
    assertThat(again.exitCode()).isEqualTo(3);
    assertThat(again.err()).contains("1 files in quarantine.jsonl");
  }
}
