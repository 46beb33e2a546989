package convoy.jobs.train.sync;

import convoy.jobs.recipe.Recipe;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.rdd.ShuffledRDD;
import scala.Tuple2;
import scala.math.Ordering$;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Parameter averaging (Moritz et al. 2016, SparkNet, section 2): each worker trains for tau
 * minibatches from the common state; the next state is the mean of parameters and momentum over the
 * workers, weighted by the examples that each has seen.
 */
public final class Averaging implements SyncStrategy {
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
      BroadcastState sent = BroadcastState.send(spark, state);
      try {
        WorkerTask task = new WorkerTask(job, round, sent);
        List<Integer> numbers = IntStream.range(0, workers).boxed().toList();
        JavaRDD<Reduced> reduced =
            bySlice(spark.parallelize(numbers, workers).flatMapToPair(task::run), slices)
                .mapPartitions(new Reduction());
        try {
          return result(state.plan(), Gathering.of(reduced, Reduced.class));
        } finally {
          // Spark removes shuffle files when the driver's garbage collector finds them unused: by
          // then many rounds of parameters lie on the executors' disks.
          reduced.rdd().cleanShuffleDependencies(false);
        }
      } finally {
        sent.destroy();
      }
    }

    /** One partition a slice, in the order of the workers; the reports in the last one. */
    private static JavaRDD<Tuple2<SliceKey, WorkerPart>> bySlice(
        JavaPairRDD<SliceKey, WorkerPart> parts, int slices) {
      ClassTag<SliceKey> key = ClassTag$.MODULE$.apply(SliceKey.class);
      ClassTag<WorkerPart> value = ClassTag$.MODULE$.apply(WorkerPart.class);
      return new ShuffledRDD<SliceKey, WorkerPart, WorkerPart>(
              parts.rdd(), new SlicePartitioner(slices), key, value, value)
          .setSerializer(new SliceSerializer())
          .setKeyOrdering(
              Ordering$.MODULE$.comparatorToOrdering(Comparator.<SliceKey>naturalOrder()))
          .toJavaRDD();
    }

    private static RoundResult result(SlicePlan plan, List<Reduced> parts) {
      byte[][] next = new byte[plan.slices().size()][];
      List<WorkerReport> reports = new ArrayList<>();
      Set<UUID> states = new HashSet<>();
      boolean finite = true;
      double loss = 0;
      for (Reduced part : parts) {
        if (part.report() != null) {
          reports.add(part.report()); // In worker order.
          loss += part.report().lossSum();
        } else {
          next[part.number()] = part.slice();
          finite &= part.finite();
          states.add(part.state());
        }
      }

      // What one attempt alone has trained keeps its name: a network may still hold it.
      UUID id = states.size() == 1 ? states.iterator().next() : UUID.randomUUID();
      return new RoundResult(
          new TrainingState(id, plan, List.of(next)),
          finite && Double.isFinite(loss),
          loss,
          reports);
    }

    @Override
    public void close() {
      // Networks stay in the executors' pools for the evaluation that may follow.
    }
  }

  /**
   * A slice of the next state, or a worker's report.
   *
   * @param state that of the only worker's slice; a mean's is its own
   */
  @SuppressWarnings("ArrayRecordComponent") // A carrier of bytes; never compared.
  private record Reduced(int number, UUID state, byte[] slice, boolean finite, WorkerReport report)
      implements Serializable {}

  /** Takes what Spark has brought together for one slice, sorted by worker. */
  private record Reduction()
      implements FlatMapFunction<Iterator<Tuple2<SliceKey, WorkerPart>>, Reduced> {
    @Override
    public Iterator<Reduced> call(Iterator<Tuple2<SliceKey, WorkerPart>> parts) {
      List<Reduced> reduced = new ArrayList<>();
      WeightedMean mean = null;
      int number = 0;
      UUID state = null;
      while (parts.hasNext()) {
        Tuple2<SliceKey, WorkerPart> part = parts.next();
        number = part._1().slice();
        if (part._2() instanceof WorkerReport report) {
          reduced.add(new Reduced(number, null, null, true, report));
        } else {
          WorkerPart.Slice slice = (WorkerPart.Slice) part._2();
          state = mean == null ? slice.state() : UUID.randomUUID();
          mean = mean == null ? new WeightedMean() : mean;
          mean.add(slice.bytes(), slice.examples());
        }
      }

      if (mean != null) {
        byte[] slice = mean.mean();
        reduced.add(new Reduced(number, state, slice, WeightedMean.finite(slice), null));
      }

      return reduced.iterator();
    }
  }
}
