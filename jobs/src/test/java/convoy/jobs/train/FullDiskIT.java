package convoy.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.jobs.ConsoleCapture;
import convoy.jobs.io.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands whose disk is full, or holds as many files as it can, at any of their steps. */
class FullDiskIT extends OnStoppedRun {
  private Path mount;
  private SmallDisk disk;

  @BeforeEach
  void mount() throws Exception {
    mount = own.resolve("disk");
    disk = SmallDisk.at(mount);
  }

  @AfterEach
  void unmount() throws IOException {
    if (disk != null) {
      disk.close();
    }
  }

  /** Nothing but this line and the log, in which Spark tells of tasks. */
  private void assertFull(ConsoleCapture full, String command, String file) throws IOException {
    assertThat(full.exitCode()).as(full.err()).isEqualTo(1);
    List<String> lines =
        full.err()
            .lines()
            .filter(line -> !line.matches("[0-9:]{8} (INFO|WARN|ERROR) \\w+: .*"))
            .toList();
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0))
        .startsWith("convoy " + command + ": " + mount + "/" + file)
        .contains("No space left on device")
        .endsWith("; free some space there or name another folder, and run the command again");
    assertThat(disk.temporaryFiles()).isEmpty();
  }

  private void assertContinues(Path out) throws IOException {
    disk.free();
    forgetProcess(out.resolve("status.json"));
    ConsoleCapture resumed = train(out, "--resume");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(weights(out)).hasSameBinaryContentAs(weights(whole));
  }

  /** Without room the status stays that of a running process, which hasn't ended in this test. */
  private static void forgetProcess(Path status) throws IOException {
    if (Files.exists(status)) {
      change(status, json -> ((ObjectNode) json.path("owner")).put("processStart", 1));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, run/.status.json.", "600, run/checkpoints/round-", "1300, run/model/.weights."})
  void aTrainingEndsInOneLineAndContinuesToTheSameBytes(int kibibytes, String file)
      throws IOException {
    disk.fill(kibibytes * 1024L);
    Path out = mount.resolve("run");
    assertFull(train(out), "train", file);
    assertContinues(out);
  }

  @ParameterizedTest
  @CsvSource({"0, .convoy", "5, run/"})
  void aTrainingWithoutRoomForAFileEndsInOneLineAndContinuesToTheSameBytes(int files, String file)
      throws IOException {
    disk.fillWithFiles(files);
    Path out = mount.resolve("run");
    assertFull(train(out), "train", file);
    assertContinues(out);
  }

  /** One task after another, so that none still writes when the disk is looked at. */
  private static ConsoleCapture prepare(Path out) {
    String before = System.setProperty("spark.master", "local[1]");
    try {
      Path pictures = dataset.resolveSibling("pictures");
      return ConsoleCapture.of("prepare", "--source=folder", "--in=" + pictures, "--out=" + out);
    } finally {
      System.setProperty("spark.master", before);
    }
  }

  private void assertPrepares(Path out) throws IOException {
    disk.free();
    ConsoleCapture second = prepare(out);
    assertThat(second.exitCode()).as(second.err()).isZero();
    // It holds the hashes of the shards.
    assertThat(out.resolve("manifest.json"))
        .hasSameBinaryContentAs(dataset.resolve("manifest.json"));
  }

  @ParameterizedTest
  @CsvSource({"8, dataset/_checked/.00000.jsonl.", "40, dataset/train/.part-00000.parquet."})
  void aDatasetThatDoesNotFitEndsInOneLineAndTheSecondTryMakesTheSameBytes(
      int kibibytes, String file) throws IOException {
    disk.fill(kibibytes * 1024L);
    Path out = mount.resolve("dataset");
    assertFull(prepare(out), "prepare", file);
    assertPrepares(out);
  }

  @ParameterizedTest
  @CsvSource({"0, .convoy", "2, dataset/_checked:"})
  void aDatasetWithoutRoomForAFileEndsInOneLineAndTheSecondTryMakesTheSameBytes(
      int files, String file) throws IOException {
    disk.fillWithFiles(files);
    Path out = mount.resolve("dataset");
    assertFull(prepare(out), "prepare", file);
    assertPrepares(out);
  }
}
