package convoy.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.data.dataset.Sha256;
import convoy.jobs.ConsoleCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Prepare after an earlier run has left a dataset, a part of one, or other files. */
class PrepareAgainIT extends OnDrawnPictures {
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
    assertThat(other.err()).contains("a different seed").contains("--overwrite");
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
  void aDatasetOfAnotherConvoyWithoutTodaysOptionsStays() throws IOException {
    prepared(PrepareRun.folder(pictures, out()));
    ObjectNode older = (ObjectNode) PrepareRun.json(out().resolve("manifest.json"));
    ((ObjectNode) older.get("provenance")).put("convoy", "0.9").put("decoder", "an older one");
    ((ObjectNode) older.at("/provenance/options")).remove(List.of("shortSide", "duplicates"));
    older.remove("checksum");
    older.put("checksum", Sha256.of(older.toString()));
    Files.writeString(out().resolve("manifest.json"), older.toString());
    ConsoleCapture again = PrepareRun.folder(pictures, out());
    prepared(again);
    assertThat(again.out()).startsWith("already prepared");
    ConsoleCapture other = PrepareRun.folder(pictures, out(), "--short-side", "16");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("made with a different shortSide: name another folder");
  }

  @Test
  void aNewerManifestIsRefusedInItsOwnWords() throws IOException {
    prepared(PrepareRun.folder(pictures, out()));
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
  void aKilledRunGoesOnFromItsFinishedShards() throws IOException {
    Path mnist = PrepareRun.DATA.resolve("mnist");
    assumeTrue(Files.isDirectory(mnist), "needs shared/data/mnist beside the checkout");
    String[] arguments = PrepareRun.arguments("mnist", mnist, out(), "--shard-mb", "8");
    prepared(PrepareRun.run("local[2]", 2, arguments));
    Map<String, byte[]> whole = PrepareRun.content(out());
    assertThat(whole).hasSizeGreaterThan(6);
    // The state after a run was killed while writing: one shard is missing, one is damaged.
    JsonNode provenance = PrepareRun.json(out().resolve("manifest.json")).path("provenance");
    Files.writeString(out().resolve("_prepare.json"), provenance.toString());
    Files.delete(out().resolve("manifest.json"));
    Files.delete(out().resolve("train/part-00001.parquet"));
    Path damaged = out().resolve("train/part-00002.parquet");
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[bytes.length / 2] ^= 1;
    Files.write(damaged, bytes);
    // This name has the rows of another shard, so it is whole but the wrong one.
    Files.copy(
        out().resolve("train/part-00004.parquet"),
        out().resolve("train/part-00003.parquet"),
        StandardCopyOption.REPLACE_EXISTING);
    FileTime before = Files.getLastModifiedTime(out().resolve("train/part-00000.parquet"));
    prepared(PrepareRun.run("local[2]", 2, arguments));
    assertThat(PrepareRun.content(out())).containsExactlyEntriesOf(whole);
    assertThat(Files.getLastModifiedTime(out().resolve("train/part-00000.parquet")))
        .isEqualTo(before);
  }
}
