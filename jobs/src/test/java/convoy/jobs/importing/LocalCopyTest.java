package convoy.jobs.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.spark.HadoopSettings;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LocalCopyTest {
  private final Configuration configuration = HadoopSettings.local().configuration();
  @TempDir private Path folder;

  @Test
  @Timeout(20)
  void aPipeOrDeviceIsRefusedAndNeverOpened() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    for (Path special : new Path[] {pipe, Path.of("/dev/zero")}) {
      assertThatThrownBy(
              () -> LocalCopy.of(configuration, new org.apache.hadoop.fs.Path(special.toString())))
          .isInstanceOfSatisfying(
              UserException.class,
              error -> assertThat(error.exitCode()).isEqualTo(ExitCode.BAD_DATA))
          .hasMessageContaining(special + " is a pipe, socket or device");
    }
  }
}
