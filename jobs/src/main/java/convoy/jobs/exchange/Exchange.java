package convoy.jobs.exchange;

import convoy.jobs.spark.internal.Gathering;
import convoy.jobs.spark.internal.SortedShuffle;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * One round's way from a state to the next: a step on each worker, then the mean of each slice over
 * the workers, weighted by examples, then what a rule makes of it.
 *
 * @param <R> what each worker reports
 */
public final class Exchange<R extends Serializable> {
  private final BroadcastState before;
  private final JavaRDD<Map.Entry<SliceKey, WorkerPart>> parts;

  private Exchange(BroadcastState before, JavaRDD<Map.Entry<SliceKey, WorkerPart>> parts) {
    this.before = before;
    this.parts = parts;
  }

  /**
   * What comes out of a round.
   *
   * @param finite whether all values of the state are finite
   * @param reports in worker order
   */
  public record Result<R>(TrainingState state, boolean finite, List<R> reports) {}

  /**
   * A step on each worker; it runs when its results are asked for, and again where they are lost.
   */
  public static <R extends Serializable> Exchange<R> of(
      JavaSparkContext spark, BroadcastState before, int workers, WorkerStep<R> step) {
    List<Integer> numbers = IntStream.range(0, workers).boxed().toList();
    SlicePlan plan = before.plan();
    return new Exchange<>(
        before,
        spark
            .parallelize(numbers, workers)
            .flatMap(worker -> parts(plan, worker, step.run(worker))));
  }

  /** Slices of the network, then the report, which goes to a task behind that of the last slice. */
  static Iterator<Map.Entry<SliceKey, WorkerPart>> parts(
      SlicePlan plan, int worker, Contribution<?> given) {
    List<SlicePlan.Cut> cuts = plan.networkCuts();
    List<Map.Entry<SliceKey, WorkerPart>> parts = new ArrayList<>();
    if (given.examples() > 0) {
      byte[] bytes = new byte[cuts.stream().mapToInt(SlicePlan.Cut::bytes).max().orElse(0)];
      for (int slice = 0; slice < cuts.size(); slice++) {
        parts.add(
            Map.entry(
                new SliceKey(slice, worker),
                new WorkerPart.InNetwork(
                    given.examples(), given.state(), given.network(), cuts.get(slice), bytes)));
      }
    }

    parts.add(Map.entry(new SliceKey(cuts.size(), worker), new WorkerPart.Report(given.report())));
    return parts.iterator();
  }

  /** Runs the round and brings the next state to the driver. */
  public Result<R> next(SliceRule rule) {
    JavaRDD<Reduction.Reduced> reduced =
        SortedShuffle.of(
                parts,
                before.plan().networkCuts().size() + 1,
                SliceKey.class,
                WorkerPart.class,
                new SliceFormat())
            .mapPartitions(new Reduction(rule, before));
    try {
      return result(Gathering.of(reduced, Reduction.Reduced.class));
    } finally {
      // By the time Spark removes them itself, many rounds of parameters lie on the executors'
      // disks.
      SortedShuffle.removeFiles(reduced);
    }
  }

  @SuppressWarnings("unchecked") // The step's own reports.
  private Result<R> result(List<Reduction.Reduced> parts) {
    byte[][] next = new byte[before.plan().cuts().size()][];
    List<R> reports = new ArrayList<>();
    Set<UUID> states = new HashSet<>();
    boolean finite = true;
    for (Reduction.Reduced part : parts) {
      if (part.report() != null) {
        reports.add((R) part.report());
      } else {
        next[part.number()] = part.slice();
        finite &= part.finite();
        if (part.state() != null) {
          states.add(part.state());
        }
      }
    }

    // What one attempt alone has trained keeps its name: a network may still hold it.
    UUID id = states.size() == 1 ? states.iterator().next() : UUID.randomUUID();
    return new Result<>(new TrainingState(id, before.plan(), List.of(next)), finite, reports);
  }
}
