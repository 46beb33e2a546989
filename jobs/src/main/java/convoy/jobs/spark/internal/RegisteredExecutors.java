package convoy.jobs.spark.internal;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.collection.JavaConverters;

/** The executors that have registered with the driver. */
public final class RegisteredExecutors {
  private RegisteredExecutors() {}

  /** The cores of each executor that is alive, without the driver's own entry. */
  public static List<Integer> cores(SparkSession spark) {
    return JavaConverters.seqAsJavaList(spark.sparkContext().statusStore().executorList(true))
        .stream()
        .filter(executor -> !executor.id().equals("driver"))
        .map(ExecutorSummary::totalCores)
        .toList();
  }
}
