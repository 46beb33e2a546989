package convoy.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.SmallHdfs;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HDFS renames and deletes in its own way, but a kill leaves the same states. */
class OwnedFolderHdfsIT {
  @TempDir private static Path shared;
  private static SmallHdfs hdfs;

  @BeforeAll
  static void start() throws IOException {
    hdfs = SmallHdfs.start(shared);
  }

  @AfterAll
  static void stop() {
    KilledFileSystem.never();
    if (hdfs != null) {
      hdfs.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"_marker, _last", ".one, .one"})
  void aKillAtAnyMomentLeavesAFolderThatTheNextRunCompletes(String marker, String last)
      throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("fs.hdfs.impl", KilledHdfs.class.getName());
    var parent = new org.apache.hadoop.fs.Path(hdfs.root(), "/" + last);
    // Hadoop keeps one file system for all runs, as it does in a real process.
    assertThat(parent.getFileSystem(configuration)).isInstanceOf(KilledHdfs.class);
    KilledRuns runs = new KilledRuns(configuration, parent, marker, last);
    assertThat(runs.killEverywhere(null, false)).isGreaterThan(10);
    assertThat(runs.killEverywhere("old", true)).isGreaterThan(14);
  }
}
