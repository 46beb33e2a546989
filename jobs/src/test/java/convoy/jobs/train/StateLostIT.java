package convoy.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.ConsoleCapture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkEnv;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManagerMaster;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.StorageStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.JavaConverters;

/**
 * A run whose state is lost goes back to its last checkpoint by itself. The blocks are deleted
 * here, as executors that end would do.
 */
class StateLostIT {
  private static final String LISTENERS = "spark.extraListeners";

  @TempDir private static Path folder;
  private static Path dataset;
  private static Path undisturbed;

  /** Deletes every block of a state after some jobs. */
  public static final class Loss extends SparkListener {
    private static Set<Integer> jobs = Set.of();
    private static final AtomicInteger ENDED = new AtomicInteger();

    static void after(Integer... jobs) {
      Loss.jobs = Set.of(jobs);
      ENDED.set(0);
    }

    @Override
    public void onJobEnd(SparkListenerJobEnd end) {
      if (jobs.contains(ENDED.incrementAndGet())) {
        // The master's search for matching blocks fails where a task tells of a block meanwhile.
        BlockManagerMaster master = SparkEnv.get().blockManager().master();
        for (StorageStatus process : master.getStorageStatus()) {
          for (BlockId block : JavaConverters.seqAsJavaList(process.rddBlocks().keys().toSeq())) {
            master.removeRdd(((RDDBlockId) block).rddId(), true);
          }
        }
      }
    }
  }

  @BeforeAll
  static void trainUndisturbed() throws IOException {
    dataset = TrainRun.dataset(folder, 4, 9, 32);
    undisturbed = folder.resolve("undisturbed");
    assertThat(train(undisturbed).exitCode()).isZero();
  }

  @AfterEach
  void stopLosing() {
    System.clearProperty(LISTENERS);
  }

  private static ConsoleCapture train(Path out) throws IOException {
    return TrainRun.train("local[2]", TrainRun.LENET, dataset, out, "--set=training.epochs=4");
  }

  @Test
  void theRunGoesBackAndMakesTheSameFloats() throws IOException {
    assertThat(losing(3, 7, 8)).isGreaterThan(0);
  }

  /** Its reducing tasks read the state too. */
  @Test
  void aRunThatReducesGradientsMakesTheSameFloatsToo() throws IOException {
    Path whole = folder.resolve("synchronous");
    assertThat(trainSynchronously(whole).exitCode()).isZero();
    Path out = folder.resolve("synchronous-lost");
    System.setProperty(LISTENERS, Loss.class.getName());
    Loss.after(3, 5);
    ConsoleCapture run = trainSynchronously(out);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("the run goes back from round");
    assertThat(TrainRun.weights(out)).isEqualTo(TrainRun.weights(whole));
  }

  private static ConsoleCapture trainSynchronously(Path out) throws IOException {
    return TrainRun.train(
        "local[2]",
        TrainRun.LENET,
        dataset,
        out,
        "--set=training.epochs=1",
        "--set=sync.strategy=synchronous",
        "--set=sync.interval=1");
  }

  @Test
  void itGoesBackToRandomWeightsBeforeTheFirstCheckpoint() throws IOException {
    assertThat(losing(1)).isGreaterThan(0);
  }

  /** Returns how often the run went back. */
  private static int losing(Integer... jobs) throws IOException {
    Path out = folder.resolve("lost-after-" + List.of(jobs));
    System.setProperty(LISTENERS, Loss.class.getName());
    Loss.after(jobs);
    ConsoleCapture run = train(out);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(TrainRun.rounds(out)).isEqualTo(TrainRun.rounds(undisturbed));
    assertThat(TrainRun.weights(out)).isEqualTo(TrainRun.weights(undisturbed));
    assertThat(run.err()).doesNotContain("\tat ");
    return run.err().split("the run goes back from round", -1).length - 1;
  }

  @Test
  void aRunThatLosesEachStateEndsAndSaysWhereToLook() throws IOException {
    System.setProperty(LISTENERS, Loss.class.getName());
    Integer[] all = new Integer[100];
    for (int job = 0; job < all.length; job++) {
      all[job] = job + 1;
    }

    Loss.after(all);
    ConsoleCapture run = train(folder.resolve("lost-each-time"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("no executor has the ", "for the 11th time since round 0", "--resume");
  }
}
