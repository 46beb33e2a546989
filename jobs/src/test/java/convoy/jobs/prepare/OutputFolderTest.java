package convoy.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import convoy.data.dataset.DatasetException;
import convoy.data.dataset.Manifest;
import convoy.data.dataset.Manifests;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.io.KilledFileSystem;
import convoy.jobs.io.OwnedFolder;
import convoy.jobs.spark.HadoopSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
  private static final JsonNode PROVENANCE =
      JsonNodeFactory.instance.objectNode().put("source", "folder");
  private static final JsonNode OTHER =
      JsonNodeFactory.instance.objectNode().put("source", "mnist");
  private final Configuration configuration = HadoopSettings.local().configuration();

  @TempDir private Path folder;

  private int round;

  private Path dataset() {
    return folder.resolve("dataset-" + round);
  }

  private OutputFolder open() throws IOException {
    return new OutputFolder(configuration, new org.apache.hadoop.fs.Path(dataset().toUri()));
  }

  private void file(String name) throws IOException {
    Path file = dataset().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, name);
  }

  private static Manifest manifest(String... shards) {
    List<Manifest.Shard> files =
        List.of(shards).stream().map(path -> new Manifest.Shard(path, 1, "", List.of(1))).toList();
    return new Manifest(
        Manifest.FORMAT_VERSION,
        List.of(new Manifest.ClassEntry(0, "a", null)),
        Map.of("train", new Manifest.Split(1, 1, List.of(1L), files)),
        null,
        PROVENANCE);
  }

  /** A finished dataset, as --overwrite finds it. */
  private void finished() throws IOException {
    OutputFolder out = open();
    out.begin(PROVENANCE, out.state(), false);
    file("train/part-00000.parquet");
    file("val/part-00000.parquet");
    file("quarantine.jsonl");
    file("_run.json");
    out.finish(manifest("train/part-00000.parquet"));
    assertThat(out.state()).isEqualTo(OwnedFolder.State.FINISHED);
  }

  @Test
  void hiddenFilesOfSomebodyElseInAnEmptyFolderSurvive() throws IOException {
    file(".git/config");
    OutputFolder out = open();
    out.begin(PROVENANCE, out.state(), false);
    assertThat(dataset().resolve(".git/config")).exists();
  }

  @Test
  void aFolderThatWasKilledWhileItWasClearedIsStillOurs() throws IOException {
    configuration.set("fs.file.impl", KilledFileSystem.class.getName());
    configuration.setBoolean("fs.file.impl.disable.cache", true);
    boolean killed = true;
    for (; killed; round++) {
      finished();
      KilledFileSystem.after(round);
      try {
        open().beginShards(OTHER, OwnedFolder.State.FINISHED);
        killed = false;
        assertThat(dataset()).isDirectoryNotContaining("glob:**/{train,val,manifest.json}");
      } catch (IOException dead) {
        assertThat(dead).hasMessageStartingWith("killed before");
      }

      KilledFileSystem.never();
      assertThat(open().state())
          .as("after %d changes", round)
          .isIn(OwnedFolder.State.UNFINISHED, OwnedFolder.State.FINISHED);
    }

    assertThat(round).isGreaterThan(8);
  }

  @Test
  void whatTheManifestDoesNotNameGoesAtTheEnd() throws IOException {
    OutputFolder out = open();
    out.begin(PROVENANCE, out.state(), false);
    file("train/part-00000.parquet");
    file("train/part-00007.parquet");
    file("train/.part-00000.parquet.17.tmp");
    file("train/folder/file");
    file("val/part-00000.parquet");
    file("_checked/00000.jsonl");
    out.finish(manifest("train/part-00000.parquet"));
    assertThat(dataset().resolve("train"))
        .isDirectoryContaining("glob:**/part-00000.parquet")
        .isDirectoryNotContaining("glob:**/{part-00007.parquet,.part-*.tmp,folder}");
    assertThat(dataset())
        .isDirectoryContaining("glob:**/manifest.json")
        .isDirectoryNotContaining("glob:**/{val,_checked,_prepare.json}");
  }

  @Test
  void aRunWhoseFolderAnotherOneTookWritesNoManifest() throws IOException {
    OutputFolder one = open();
    one.begin(PROVENANCE, one.state(), false);
    file("train/part-00000.parquet");
    OutputFolder two = open();
    two.begin(PROVENANCE, two.state(), false);
    assertThat(dataset().resolve("train/part-00000.parquet")).exists();
    assertThatThrownBy(() -> one.finish(manifest("train/part-00000.parquet")))
        .isInstanceOfSatisfying(
            UserException.class, taken -> assertThat(taken.exitCode()).isEqualTo(ExitCode.FAILURE))
        .hasMessageContaining("was taken over by another run of prepare");
    // Whatever else ended it, such as a file that is gone, is told as that.
    assertThatThrownBy(() -> one.abandon(true))
        .isInstanceOfSatisfying(
            UserException.class, taken -> assertThat(taken.exitCode()).isEqualTo(ExitCode.FAILURE))
        .hasMessageContaining("was taken over by another run of prepare");
    assertThat(open().state()).isEqualTo(OwnedFolder.State.UNFINISHED);
    two.finish(manifest("train/part-00000.parquet"));
    assertThat(open().state()).isEqualTo(OwnedFolder.State.FINISHED);
  }

  @Test
  void anotherProvenanceOrOverwriteForgetsWhatWasChecked() throws IOException {
    OutputFolder one = open();
    one.begin(PROVENANCE, one.state(), false);
    file("_checked/00000.jsonl");
    OutputFolder same = open();
    same.begin(PROVENANCE, same.state(), false);
    assertThat(dataset().resolve("_checked/00000.jsonl")).exists();
    same.begin(PROVENANCE, same.state(), true);
    assertThat(dataset().resolve("_checked")).doesNotExist();
    file("_checked/00000.jsonl");
    OutputFolder other = open();
    other.begin(OTHER, other.state(), false);
    assertThat(dataset().resolve("_checked")).doesNotExist();
  }

  @Test
  void anAbandonedFolderKeepsShardsAndNothingElse() throws IOException {
    OutputFolder out = open();
    out.begin(PROVENANCE, out.state(), false);
    file("_checked/00000.jsonl");
    out.abandon(false);
    assertThat(dataset().resolve("_checked/00000.jsonl")).exists();
    out.abandon(true);
    assertThat(dataset()).doesNotExist();
    out.begin(PROVENANCE, out.state(), false);
    file("_checked/00000.jsonl");
    file("train/part-00000.parquet");
    out.abandon(true);
    assertThat(dataset().resolve("_checked")).doesNotExist();
    assertThat(out.state()).isEqualTo(OwnedFolder.State.UNFINISHED);
  }

  @Test
  void halfWrittenFilesGoWhenARunFailsAndWhenTheNextBegins() throws IOException {
    OutputFolder killed = open();
    killed.begin(PROVENANCE, killed.state(), false);
    String[] halves = {"train/.part-00000.parquet.local-17-2.tmp", "_checked/.00000.jsonl.3.tmp"};
    for (String half : halves) {
      file(half);
    }

    file("train/part-00001.parquet");
    OutputFolder next = open();
    next.begin(PROVENANCE, next.state(), false);
    for (String half : halves) {
      assertThat(dataset().resolve(half)).doesNotExist();
      file(half);
    }

    next.abandon(false);
    for (String half : halves) {
      assertThat(dataset().resolve(half)).doesNotExist();
    }

    assertThat(dataset().resolve("train/part-00001.parquet")).exists();
  }

  @Test
  void aNewerManifestIsNotCalledDamagedAndNeverUnfinished() throws IOException {
    finished();
    file("_prepare.json");
    Files.writeString(dataset().resolve("manifest.json"), "{\"formatVersion\": 2}");
    OutputFolder out = open();
    assertThat(out.state()).isEqualTo(OwnedFolder.State.FOREIGN);
    assertThat(out.refusal().exitCode()).isEqualTo(ExitCode.BAD_DATA);
    assertThat(out.refusal())
        .hasMessageContaining("has formatVersion 2, this Convoy reads up to 1: use a newer Convoy")
        .hasMessageEndingWith("or prepare again with --overwrite")
        .hasMessageNotContaining("damaged");
  }

  @Test
  void aManifestThatFailsItsChecksumIsDamagedAndCanBeOverwritten() throws IOException {
    finished();
    Files.writeString(dataset().resolve("manifest.json"), "{}");
    OutputFolder out = open();
    assertThat(out.state()).isEqualTo(OwnedFolder.State.FOREIGN);
    assertThat(out.refusal()).hasMessageContaining("is damaged: --overwrite");
    out.beginShards(PROVENANCE, out.state());
    assertThat(out.state()).isEqualTo(OwnedFolder.State.UNFINISHED);
    assertThatThrownBy(() -> Manifests.read(configuration, out.path()))
        .isInstanceOf(DatasetException.class);
  }
}
