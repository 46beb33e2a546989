package convoy.jobs.spark.internal;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.cluster.Await;
import convoy.jobs.spark.SparkSessions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Blocks in one process. ClusterPipelineIT has those of several. */
class BlocksIT {
  private static SparkSession session;
  private static JavaSparkContext spark;

  @BeforeAll
  static void open() {
    System.setProperty("spark.master", "local[2]");
    session = SparkSessions.open("blocks", Map.of());
    spark = new JavaSparkContext(session.sparkContext());
  }

  @AfterAll
  static void close() {
    System.clearProperty("spark.master");
    if (session != null) {
      session.close();
    }
  }

  @Test
  void tasksPutWhatOtherTasksAndTheDriverRead() {
    Blocks blocks = set(3);
    assertThat(blocks.copies()).isEqualTo(1);
    assertThat(blocks.withFewerThan(1)).containsExactly(0, 1, 2);
    spark.parallelize(List.of(0, 2), 2).foreach(number -> blocks.put(number, bytes(number)));

    assertThat(blocks.get(0)).isEqualTo(bytes(0));
    assertThat(spark.parallelize(List.of(2), 1).map(blocks::get).collect())
        .containsExactly(bytes(2));
    assertThat(blocks.get(1)).isNull();
    assertThat(blocks.withFewerThan(1)).containsExactly(1);
    blocks.free();
    awaitFreed(blocks, 3);
  }

  @Test
  void aTaskThatIsTriedAgainFindsItsBlockInPlace() {
    Blocks blocks = set(1);
    blocks.put(0, bytes(5));
    blocks.put(0, bytes(5));
    assertThat(blocks.get(0)).isEqualTo(bytes(5));
    blocks.free();
  }

  @Test
  void blocksThatComeAfterTheirSetWasFreedAreFreedWithEarlierSets() {
    Blocks other = set(1);
    other.put(0, bytes(6));
    Blocks given = set(1);
    Blocks last = given.next(spark);
    given.free();
    awaitFreed(given, 1);
    given.put(0, bytes(7));
    last.put(0, bytes(8));

    last.freeEarlier();

    awaitFreed(given, 1);
    assertThat(last.get(0)).isEqualTo(bytes(8));
    assertThat(other.get(0)).as("a block of another training").isEqualTo(bytes(6));
    last.free();
    other.free();
  }

  @Test
  void anEarlierSetStaysUntilItIsFreed() {
    Blocks written = set(1);
    written.put(0, bytes(1));
    Blocks last = written.next(spark).next(spark);

    last.freeEarlier();

    assertThat(written.get(0)).isEqualTo(bytes(1));
    written.free();
    awaitFreed(written, 1);
    last.free();
  }

  @Test
  void earlierSetsAreFreedWhileTasksPutBlocks() throws Exception {
    Blocks set = set(20_000);
    Thread putting =
        new Thread(() -> IntStream.range(0, set.count()).forEach(i -> set.put(i, bytes(i))));
    putting.start();
    while (putting.isAlive()) {
      set.freeEarlier();
    }

    putting.join();
    assertThat(set.withFewerThan(1)).isEmpty();
    set.free();
  }

  /** A set of a training of its own. */
  private static Blocks set(int count) {
    return Blocks.ofDriver(spark, Blocks.newOwner(), count).next(spark);
  }

  private static void awaitFreed(Blocks blocks, int count) {
    Await.until(
        "the end of all blocks",
        Duration.ofSeconds(20),
        () -> Optional.of(blocks.withFewerThan(1)).filter(lost -> lost.size() == count));
  }

  private static byte[] bytes(int first) {
    return new byte[] {(byte) first, 1, 2, 3};
  }
}
