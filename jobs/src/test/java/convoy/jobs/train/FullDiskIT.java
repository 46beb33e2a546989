package convoy.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.ConsoleCapture;
import convoy.jobs.io.SmallDisk;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A training whose disk is full at its start, at a checkpoint or at its end. */
class FullDiskIT extends OnStoppedRun {
  @ParameterizedTest
  @CsvSource({"0, run/.status.json.", "600, run/checkpoints/round-", "1300, run/model/.weights."})
  void itEndsInOneLineAndContinuesToTheSameBytes(int kibibytes, String file) throws Exception {
    Path mount = own.resolve("disk");
    try (SmallDisk disk = SmallDisk.at(mount, 16)) {
      disk.fill(kibibytes * 1024L);
      Path out = mount.resolve("run");
      ConsoleCapture full = train(out);
      assertThat(full.exitCode()).as(full.err()).isEqualTo(1);
      List<String> lines = full.err().lines().filter(line -> !line.contains(" INFO ")).toList();
      assertThat(lines).hasSize(1);
      assertThat(lines.get(0))
          .startsWith("convoy train: " + mount + "/" + file)
          .endsWith(
              ": No space left on device; free some space there or name another folder, and run the"
                  + " command again");
      assertThat(disk.temporaryFiles()).isEmpty();

      disk.free();
      ConsoleCapture resumed = train(out, "--resume");
      assertThat(resumed.exitCode()).as(resumed.err()).isZero();
      assertThat(weights(out)).hasSameBinaryContentAs(weights(whole));
    }
  }
}
