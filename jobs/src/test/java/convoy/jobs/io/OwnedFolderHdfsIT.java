package convoy.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HDFS renames and deletes in its own way, but a kill leaves the same states. */
class OwnedFolderHdfsIT {
  @TempDir private static Path shared;
  private static MiniDFSCluster hdfs;

  @BeforeAll
  static void start() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, shared.resolve("hdfs").toString());
    hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    hdfs.waitActive();
  }

  @AfterAll
  static void stop() {
    KilledFileSystem.never();
    if (hdfs != null) {
      hdfs.shutdown();
    }
  }

  @ParameterizedTest
  @CsvSource({"_marker, _last", ".one, .one"})
  void aKillAtAnyMomentLeavesAFolderThatTheNextRunCompletes(String marker, String last)
      throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("fs.hdfs.impl", KilledHdfs.class.getName());
    configuration.setBoolean("fs.hdfs.impl.disable.cache", true);
    KilledRuns runs =
        new KilledRuns(
            configuration,
            new org.apache.hadoop.fs.Path(hdfs.getURI().toString(), "/" + last),
            marker,
            last);
    assertThat(runs.killEverywhere(null, false)).isGreaterThan(10);
    assertThat(runs.killEverywhere("old", true)).isGreaterThan(14);
  }
}
