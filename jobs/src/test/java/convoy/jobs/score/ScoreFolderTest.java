package convoy.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.io.OwnedFolder;
import convoy.jobs.spark.HadoopSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreFolderTest {
  private static final ScoreArguments ARGUMENTS =
      new ScoreArguments("abc", "float32", List.of("file:/in"), "csv", 5);

  private final Configuration configuration = HadoopSettings.local().configuration();
  private final PartFile parts = new PartFile(HadoopSettings.local(), "csv");
  @TempDir private Path out;

  private ScoreFolder folder() throws IOException {
    return new ScoreFolder(configuration, out.toString(), "csv");
  }

  private PartSummary commit(ScoreFolder folder, int part, String path) throws IOException {
    String file = folder.temporary() + "/attempt-" + part;
    PartSummary summary =
        parts.write(List.of(ScoreRow.failed(path, "empty", "0 bytes")), file, parts.name(part));
    folder.commit(file, part);
    return summary;
  }

  @Test
  void aRunThatEndsIsFinishedAndHoldsPartsAndManifestOnly() throws IOException {
    ScoreFolder folder = folder();
    assertThat(folder.contents().state()).isEqualTo(OwnedFolder.State.EMPTY);

    folder.begin(ARGUMENTS);
    PartSummary part = commit(folder, 0, "x.jpg");
    folder.finish(
        ScoreManifest.of("1", ARGUMENTS, new ScoreManifest.Skipped(0, 0, 0, 0), List.of(part)));

    ScoreFolder.Contents contents = folder().contents();
    assertThat(contents.state()).isEqualTo(OwnedFolder.State.FINISHED);
    assertThat(contents.arguments()).isEqualTo(ARGUMENTS);
    assertThat(contents.manifest().errors()).containsEntry("empty", 1L);
    assertThat(contents.manifest().parts()).containsExactly(part);
    try (var files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> !name.startsWith("."))
          .containsExactlyInAnyOrder("part-00000.csv", "_manifest");
    }
  }

  @Test
  void aKilledRunIsOursAndItsHiddenFilesAreNoParts() throws IOException {
    ScoreFolder killed = folder();
    killed.begin(ARGUMENTS);
    commit(killed, 1, "x.jpg");
    parts.write(List.of(), killed.temporary() + "/half", parts.name(2));

    ScoreFolder.Contents contents = folder().contents();
    assertThat(contents.state()).isEqualTo(OwnedFolder.State.UNFINISHED);
    assertThat(contents.arguments()).isEqualTo(ARGUMENTS);
    assertThat(contents.parts()).containsOnlyKeys("part-00001.csv");
    assertThat(folder().freeNumbers(contents.parts().keySet())).startsWith(0, 2, 3);
  }

  @Test
  void aRunThatSleptWhileAnotherFinishedStopsWithoutATrace() throws IOException {
    ScoreFolder slept = folder();
    slept.begin(ARGUMENTS);
    PartSummary first = commit(slept, 0, "x.jpg");
    String task = slept.temporary() + "/part-00001.csv-7";
    parts.write(List.of(), task, parts.name(1));

    ScoreFolder other = folder();
    other.begin(ARGUMENTS);
    PartSummary second = commit(other, 1, "y.jpg");
    assertTakenOver(() -> slept.commit(task, 1));
    assertTakenOver(() -> parts.write(List.of(), task, parts.name(1)));
    assertTakenOver(() -> slept.finish(null));
    slept.abandon(); // While the other is at work.

    other.finish(
        ScoreManifest.of(
            "1", ARGUMENTS, new ScoreManifest.Skipped(0, 0, 0, 0), List.of(first, second)));
    slept.abandon();
    assertThat(folder().contents().state()).isEqualTo(OwnedFolder.State.FINISHED);
    try (var files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".tmp-"));
    }
  }

  private static void assertTakenOver(ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            UserException.class,
            problem -> assertThat(problem.exitCode()).isEqualTo(ExitCode.FAILURE))
        .hasMessageContaining("was taken over by another run");
  }

  /** An older Convoy kept checksums beside its files, by which Hadoop would refuse a new file. */
  @Test
  void theChecksumsOfAnOlderConvoyGoWithTheirFiles() throws IOException {
    Files.createDirectories(out);
    Files.write(out.resolve("..unfinished.json.crc"), new byte[] {1, 2, 3});
    ScoreFolder first = folder();
    first.begin(ARGUMENTS);
    commit(first, 0, "x.jpg");
    try (var files = Files.walk(out)) {
      assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".crc"));
    }

    assertThat(folder().contents().arguments()).isEqualTo(ARGUMENTS);
  }

  @Test
  void aDamagedManifestIsNoObstacleToARunThatReplacesIt() throws IOException {
    Files.writeString(out.resolve("_manifest"), "not JSON");
    assertThatThrownBy(() -> folder().contents()).hasMessageContaining("--overwrite");
    assertThat(folder().contentsToReplace().state()).isNotEqualTo(OwnedFolder.State.EMPTY);
  }

  @Test
  void noPartIsEverReplaced() throws IOException {
    ScoreFolder folder = folder();
    folder.begin(ARGUMENTS);
    commit(folder, 0, "x.jpg");
    assertThatThrownBy(() -> commit(folder, 0, "y.jpg")).isInstanceOf(IOException.class);
    assertThat(parts.read(out.resolve("part-00000.csv").toString()).paths())
        .containsExactly("x.jpg");
  }

  @Test
  void partsWithoutMarkerOrManifestAndOtherFilesArentOurs() throws IOException {
    Files.writeString(out.resolve("part-00000.csv"), "x");
    assertThat(folder().contents().state()).isEqualTo(OwnedFolder.State.FOREIGN);

    ScoreFolder folder = folder();
    folder.begin(ARGUMENTS);
    assertThat(folder().contents().arguments()).isEqualTo(ARGUMENTS);
    Files.writeString(out.resolve("notes.txt"), "x");
    assertThat(folder().contents().state()).isEqualTo(OwnedFolder.State.FOREIGN);
    assertThat(folder().contents().foreign()).containsExactly("notes.txt");
  }

  @Test
  void aFinishedFolderThatLostAPartOrGotOneIsUnfinished() throws IOException {
    ScoreFolder folder = folder();
    folder.begin(ARGUMENTS);
    PartSummary one = commit(folder, 0, "x.jpg");
    PartSummary two = commit(folder, 1, "y.jpg");
    folder.finish(
        ScoreManifest.of("1", ARGUMENTS, new ScoreManifest.Skipped(0, 0, 0, 0), List.of(two, one)));
    assertThat(folder().contents().state()).isEqualTo(OwnedFolder.State.FINISHED);

    Files.delete(out.resolve("part-00001.csv"));
    assertThat(folder().contents().state()).isEqualTo(OwnedFolder.State.UNFINISHED);
  }

  @Test
  void aFileInPlaceOfTheFolderAndANewerManifestAreRefused() throws IOException {
    Files.writeString(out.resolve("file"), "x");
    assertThatThrownBy(
            () -> new ScoreFolder(configuration, out.resolve("file").toString(), "csv").contents())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is a file");
    Files.writeString(out.resolve("_manifest"), "{\"formatVersion\": 2}");
    assertThatThrownBy(() -> folder().contents())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("formatVersion 2");
  }
}
