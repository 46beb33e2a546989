package convoy.jobs.spark.internal;

import java.io.Serializable;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import scala.Function2;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/** Runs a job of Spark and hands over the result of each task as soon as it arrives. */
final class RunJob {
  private RunJob() {}

  /** The work of a task on the elements of its partition. */
  interface Task<T, R> extends Serializable {
    R run(TaskContext context, Iterator<T> elements);
  }

  /**
   * Runs a task for each of these partitions and returns when all results are handed over.
   *
   * @param onResult called one at a time, with an index into {@code partitions} and the result;
   *     Spark's scheduler waits for it
   */
  static <T, R> void run(
      JavaRDD<T> rdd,
      List<Integer> partitions,
      Task<T, R> task,
      Class<R> type,
      BiConsumer<Integer, R> onResult) {
    Function2<Object, R, BoxedUnit> handler =
        (index, result) -> {
          onResult.accept((Integer) index, result);
          return BoxedUnit.UNIT;
        };
    rdd.context()
        .runJob(
            rdd.rdd(),
            (Function2<TaskContext, Iterator<T>, R> & Serializable) task::run,
            JavaConverters.<Object>asScalaBuffer(List.copyOf(partitions)).toSeq(),
            handler,
            ClassTag$.MODULE$.apply(type));
  }
}
