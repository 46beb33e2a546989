package convoy.jobs.train.sync;

import convoy.jobs.recipe.Recipe;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import scala.Tuple2;

/**
 * Parameter averaging (Moritz et al. 2016, SparkNet, section 2): each worker trains for tau
 * minibatches from the common state; the next state is the mean of parameters and momentum over the
 * workers, weighted by the examples that each has seen.
 */
final class Averaging implements SyncStrategy {
  @Override
  public String name() {
    return "averaging";
  }

  @Override
  public List<String> problems(Recipe recipe) {
    return List.of();
  }

  @Override
  public SyncSession open(JavaSparkContext spark, TrainingJob job) {
    return new Session(spark, job);
  }

  private record Session(JavaSparkContext spark, TrainingJob job) implements SyncSession {
    @Override
    public RoundResult train(TrainingState state, Round round) {
      int workers = job.recipe().training().workers();
      int slices = state.slices().size();
      BroadcastState sent =
          BroadcastState.send(spark, job.id() + " round " + round.number(), state);
      try {
        WorkerTask task = new WorkerTask(job, round, sent);
        List<Integer> numbers = IntStream.range(0, workers).boxed().toList();
        JavaRDD<Reduced> reduced =
            spark
                .parallelize(numbers, workers)
                .flatMapToPair(task::run)
                .repartitionAndSortWithinPartitions(new SlicePartitioner(slices))
                .mapPartitions(new Reduction(slices));
        try {
          return result(state.plan(), reduced.collect());
        } finally {
          // Spark removes shuffle files when the driver's garbage collector finds them unused: by
          // then many rounds of parameters lie on the executors' disks.
          reduced.rdd().cleanShuffleDependencies(false);
        }
      } finally {
        sent.destroy();
      }
    }

    private static RoundResult result(SlicePlan plan, List<Reduced> parts) {
      byte[][] next = new byte[plan.slices().size()][];
      List<WorkerReport> reports = new ArrayList<>();
      boolean finite = true;
      double loss = 0;
      for (Reduced part : parts) {
        if (part.report() != null) {
          reports.add(part.report()); // In worker order.
          loss += part.report().lossSum();
        } else {
          next[part.number()] = part.slice();
          finite &= part.finite();
        }
      }

      return new RoundResult(
          new TrainingState(plan, List.of(next)), finite && Double.isFinite(loss), loss, reports);
    }

    @Override
    public void close() {
      // Networks stay in the executors' pools for the evaluation that may follow.
    }
  }

  /** A slice of the next state, or a worker's report. */
  @SuppressWarnings("ArrayRecordComponent") // A carrier of bytes; never compared.
  private record Reduced(int number, byte[] slice, boolean finite, WorkerReport report)
      implements Serializable {}

  /** Takes what Spark has brought together for one slice, sorted by worker. */
  private record Reduction(int slices)
      implements FlatMapFunction<Iterator<Tuple2<SliceKey, WorkerSlice>>, Reduced> {
    @Override
    public Iterator<Reduced> call(Iterator<Tuple2<SliceKey, WorkerSlice>> parts) {
      List<Reduced> reduced = new ArrayList<>();
      WeightedMean mean = null;
      int number = 0;
      while (parts.hasNext()) {
        Tuple2<SliceKey, WorkerSlice> part = parts.next();
        number = part._1().slice();
        if (number == slices) {
          reduced.add(new Reduced(number, null, true, part._2().report()));
          continue;
        }

        mean = mean == null ? new WeightedMean() : mean;
        mean.add(part._2().slice(), part._2().examples());
      }

      if (mean != null) {
        byte[] slice = mean.mean();
        reduced.add(new Reduced(number, slice, WeightedMean.finite(slice), null));
      }

      return reduced.iterator();
    }
  }
}
