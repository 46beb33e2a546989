package convoy.jobs.prepare;

import convoy.data.source.ListingTasks;
import convoy.data.source.SourceException;
import convoy.jobs.spark.HadoopSettings;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;

/** Lists a source on the executors, or on the driver if the source has a single part. */
final class SparkListing implements ListingTasks {
  /** Most parts of a task. A part is a class folder, a tar or a thousand lines. */
  private static final int PARTS_A_TASK = 50;

  private final JavaSparkContext spark;

  SparkListing(JavaSparkContext spark) {
    this.spark = spark;
  }

  @Override
  public Configuration configuration() {
    return spark.hadoopConfiguration();
  }

  @Override
  public <T extends Serializable, R extends Serializable> List<R> map(
      List<T> parts, Task<T, R> task) throws IOException {
    if (parts.size() < 2) {
      return ListingTasks.here(configuration()).map(parts, task);
    }

    HadoopSettings hadoop = HadoopSettings.of(spark.hadoopConfiguration());
    int tasks = Math.max(4 * spark.defaultParallelism(), parts.size() / PARTS_A_TASK);
    List<Outcome<R>> outcomes =
        spark
            .parallelize(parts, Math.min(parts.size(), tasks))
            .map(part -> Outcome.of(hadoop.configuration(), part, task))
            .collect();
    List<R> results = new ArrayList<>(outcomes.size());
    for (Outcome<R> outcome : outcomes) {
      if (outcome.problem() != null) {
        throw outcome.problem();
      }

      results.add(outcome.result());
    }

    return results;
  }

  /** An error of the source is a value here, as Spark would repeat a task that throws. */
  private record Outcome<R extends Serializable>(R result, SourceException problem)
      implements Serializable {
    static <T extends Serializable, R extends Serializable> Outcome<R> of(
        Configuration configuration, T part, Task<T, R> task) throws IOException {
      try {
        return new Outcome<>(task.run(configuration, part), null);
      } catch (SourceException problem) {
        return new Outcome<>(null, problem);
      }
    }
  }
}
