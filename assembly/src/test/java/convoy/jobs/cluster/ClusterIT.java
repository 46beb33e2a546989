package convoy.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterIT {
  @TempDir private Path folder;

  @Test
  void commandsRunThroughSparkSubmitAndFailuresAreSeen() throws Exception {
    try (StandaloneCluster cluster = StandaloneCluster.start("commands", 1)) {
      Finished version = cluster.client(folder, "version", "--verbose").exits(0);
      assertThat(version.out()).contains("spark     3.5.9");

      assertThat(cluster.client(folder, "generate", "--out", "x", "--classes", "1").exits(2).err())
          .contains("convoy generate: classes")
          .doesNotContain("\tat ");

      StandaloneCluster.Driver driver = cluster.cluster(folder, "version");
      assertThat(driver.state()).isEqualTo("FINISHED");
      assertThat(driver.out()).startsWith("convoy ");

      StandaloneCluster.Driver failed = cluster.cluster(folder, "report", "x");
      assertThat(failed.state()).isEqualTo("FAILED");
      assertThat(failed.err()).contains("convoy report: not supported yet");
    }
  }
}
