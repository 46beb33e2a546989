package convoy.jobs.score;

import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/** One task a chunk; each result is handed over as it comes, not when all are there. */
final class ChunkJob {
  private ChunkJob() {}

  /** Scores one chunk on an executor. */
  interface Task extends Serializable {
    ChunkScorer.Scored run(Chunk chunk, long attempt) throws Exception;
  }

  /**
   * Runs all tasks and returns when all results are handed over.
   *
   * @param onScored called once a chunk, one at a time
   */
  static void run(
      JavaSparkContext spark,
      List<Chunk> chunks,
      Task task,
      Consumer<ChunkScorer.Scored> onScored) {
    spark
        .sc()
        .runJob(
            spark.parallelize(chunks, chunks.size()).rdd(),
            (Function2<TaskContext, Iterator<Chunk>, ChunkScorer.Scored> & Serializable)
                (context, its) -> run(task, its.next(), context.taskAttemptId()),
            (index, scored) -> {
              onScored.accept(scored);
              return BoxedUnit.UNIT;
            },
            ClassTag$.MODULE$.apply(ChunkScorer.Scored.class));
  }

  private static ChunkScorer.Scored run(Task task, Chunk chunk, long attempt) {
    try {
      return task.run(chunk, attempt);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
