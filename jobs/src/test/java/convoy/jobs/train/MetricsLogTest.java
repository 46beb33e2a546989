package convoy.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import convoy.jobs.exchange.HeldState;
import convoy.jobs.exchange.StateLayout;
import convoy.jobs.spark.HadoopSettings;
import convoy.jobs.spark.internal.Blocks;
import convoy.jobs.train.sync.RoundResult;
import convoy.jobs.train.sync.WorkerReport;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {
  private static final HeldState STATE =
      new HeldState(
          UUID.randomUUID(),
          new StateLayout(1, List.of(), List.of(), 1),
          new Blocks(0, 0, 1, 1, false));

  @TempDir private java.nio.file.Path folder;

  @Test
  void workersSideBySideShareTheirTime() throws IOException {
    // 1,000 ms of which the workers train from 100 to 700 and from 200 to 800.
    JsonNode line = round(1000, worker(0, 6, 100, 700, 50), worker(1, 4, 200, 800, 150));
    assertThat(line.get("computeMs").asLong()).isEqualTo(550);
    assertThat(line.get("dataWaitMs").asLong()).isEqualTo(150);
    assertThat(line.get("syncMs").asLong()).isEqualTo(300);
    assertThat(line.get("images").asLong()).isEqualTo(10);
    assertThat(line.get("imagesPerSecond").asDouble()).isEqualTo(10);
    assertThat(line.get("loss").asDouble()).isEqualTo(2);
  }

  @Test
  void workersInTurnAreNoExchange() throws IOException {
    JsonNode line = round(1000, worker(1, 5, 500, 900, 0), worker(0, 5, 100, 450, 0));
    assertThat(line.get("computeMs").asLong()).isEqualTo(400);
    assertThat(line.get("dataWaitMs").asLong()).isZero();
    assertThat(line.get("syncMs").asLong()).isEqualTo(250);
  }

  @Test
  void whatIsNotKnownIsNull() throws IOException {
    JsonNode line = round(1000, WorkerReport.ofExamples(0, 10));
    assertThat(line.get("images").asLong()).isEqualTo(10);
    assertThat(line.get("computeMs").isNull()).isTrue();
    assertThat(line.get("dataWaitMs").isNull()).isTrue();
    assertThat(line.get("syncMs").isNull()).isTrue();
    assertThat(line.at("/workers/0/cpu").isNull()).isTrue();
  }

  private JsonNode round(long millis, WorkerReport... workers) throws IOException {
    MetricsLog log =
        new MetricsLog(
            new RunFolder(HadoopSettings.local().configuration(), new Path(folder.toUri())));
    return log.round(1, 0.1, 0.01, millis, new RoundResult(STATE, true, 20, List.of(workers)));
  }

  private static WorkerReport worker(
      int number, long examples, long started, long ended, long waited) {
    return new WorkerReport(number, examples, 2.0 * examples, started, ended, waited, "h", "c");
  }
}
