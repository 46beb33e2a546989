package convoy.jobs.spark.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.jobs.spark.SparkSessions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.util.TaskCompletionListener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatheringIT {
  private static final List<Integer> NUMBERS = List.of(0, 1, 2, 3, 4, 5, 6);
  private static final AtomicInteger MADE = new AtomicInteger();
  private static SparkSession session;

  /** The number of times that partition 2 loses its block. */
  private static final AtomicInteger LOSSES = new AtomicInteger();

  /** The id of the RDD that is gathered. */
  private static volatile int rdd;

  @BeforeAll
  static void open() {
    System.setProperty("spark.master", "local[2]");
    session = SparkSessions.open("gathering", Map.of());
  }

  @AfterAll
  static void close() {
    System.clearProperty("spark.master");
    if (session != null) {
      session.close();
    }
  }

  @BeforeEach
  void nothingMade() {
    MADE.set(0);
    LOSSES.set(0);
  }

  @Test
  void elementsComeInOrderAndLeaveNoBlocks() {
    JavaRDD<Integer> parts = parts();
    assertThat(Gathering.of(parts, Integer.class)).isEqualTo(NUMBERS);
    assertThat(MADE).hasValue(4);
    // Freed by the driver itself: whoever comes later warns that there is nothing.
    assertThat(IntStream.range(0, 4)).noneMatch(GatheringIT::hasBlock);
    assertThat(session.sparkContext().getPersistentRDDs().isEmpty()).isTrue();
  }

  @Test
  void aLostBlockAloneIsMadeAgain() {
    LOSSES.set(2);
    assertThat(Gathering.of(parts(), Integer.class)).isEqualTo(NUMBERS);
    assertThat(MADE).hasValue(4 + 2);
  }

  @Test
  void aBlockLostTimeAndAgainIsAnError() {
    LOSSES.set(Integer.MAX_VALUE);
    assertThatThrownBy(() -> Gathering.of(parts(), Integer.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("partitions [2] were made 4 times and lost");
    assertThat(session.sparkContext().getPersistentRDDs().isEmpty()).isTrue();
  }

  private static boolean hasBlock(int partition) {
    return SparkEnv.get().blockManager().getStatus(new RDDBlockId(rdd, partition)).isDefined();
  }

  /** The numbers in four partitions. */
  private static JavaRDD<Integer> parts() {
    JavaRDD<Integer> parts =
        new JavaSparkContext(session.sparkContext())
            .parallelize(NUMBERS, 4)
            .mapPartitions(GatheringIT::make);
    rdd = parts.id();
    return parts;
  }

  private static Iterator<Integer> make(Iterator<Integer> numbers) {
    MADE.incrementAndGet();
    TaskContext task = TaskContext.get();
    if (task.partitionId() == 2 && LOSSES.getAndDecrement() > 0) {
      task.addTaskCompletionListener(
          (TaskCompletionListener)
              ended -> SparkEnv.get().blockManager().removeBlock(new RDDBlockId(rdd, 2), true));
    }

    List<Integer> made = new ArrayList<>();
    numbers.forEachRemaining(made::add);
    return made.iterator();
  }
}
