package convoy.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.SmallHdfs;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrowingFileHdfsIT {
  @TempDir private static Path folder;

  /** With three replicas and one datanode HDFS lets a client make files, but not append to them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void textIsAddedWhateverTheNumberOfReplicas(int replicas) throws Exception {
    try (SmallHdfs hdfs = SmallHdfs.start(folder)) {
      Configuration configuration = new Configuration();
      configuration.setInt("dfs.replication", replicas);
      var path = new org.apache.hadoop.fs.Path(hdfs.root(), "/lines-" + replicas);
      GrowingFile file = new GrowingFile(configuration, path);
      file.add("one\n");
      file.add("two\n");
      file.add("three\n");
      assertThat(HadoopFiles.readText(configuration, path)).isEqualTo("one\ntwo\nthree\n");
      assertThat(hdfs.files().getFileStatus(path).getReplication()).isEqualTo((short) replicas);
    }
  }
}
