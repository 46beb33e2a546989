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
 * Takes one round from a state to the next: each worker makes a step, each slice is averaged over
 * the workers, weighted by examples, and a rule makes the next state of the mean.
 *
 * @param <R> type of each worker's report
 */
public final class Exchange<R extends Serializable> {
  private final BroadcastState before;
  private final JavaRDD<Map.Entry<SliceKey, WorkerPart>> parts;

  private Exchange(BroadcastState before, JavaRDD<Map.Entry<SliceKey, WorkerPart>> parts) {
    this.before = before;
    this.parts = parts;
  }

  /**
   * The result of a round.
   *
   * @param finite whether all values of the state are finite
   * @param reports reports in the order of the workers
   */
  public record Result<R>(TrainingState state, boolean finite, List<R> reports) {}

  /**
   * Plans a step on each worker. It runs when its results are asked for, and again if they are
   * lost.
   */
  public static <R extends Serializable> Exchange<R> of(
      JavaSparkContext spark, BroadcastState before, int workers, WorkerStep<R> step) {
    List<Integer> numbers = IntStream.range(0, workers).boxed().toList();
    StateLayout layout = before.layout();
    return new Exchange<>(
        before,
        spark
            .parallelize(numbers, workers)
            .flatMap(worker -> parts(layout, worker, step.run(worker))));
  }

  /** The slices of the network, then the report, which goes to a task after the last slice's. */
  static Iterator<Map.Entry<SliceKey, WorkerPart>> parts(
      StateLayout layout, int worker, Contribution<?> given) {
    List<StateLayout.Cut> cuts = layout.networkCuts();
    List<Map.Entry<SliceKey, WorkerPart>> parts = new ArrayList<>();
    if (given.examples() > 0) {
      byte[] bytes = new byte[cuts.stream().mapToInt(StateLayout.Cut::bytes).max().orElse(0)];
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
                before.layout().networkCuts().size() + 1,
                SliceKey.class,
                WorkerPart.class,
                new SliceFormat())
            .mapPartitions(new Reduction(rule, before));
    try {
      return result(Gathering.of(reduced, Reduction.Reduced.class));
    } finally {
      // Spark itself removes the files so late that the executors' disks would hold the parameters
      // of many rounds.
      SortedShuffle.removeFiles(reduced);
    }
  }

  @SuppressWarnings("unchecked") // The reports are those of the step.
  private Result<R> result(List<Reduction.Reduced> parts) {
    byte[][] next = new byte[before.layout().cuts().size()][];
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

    // The state of a single worker keeps its id, as a network may still hold it.
    UUID id = states.size() == 1 ? states.iterator().next() : UUID.randomUUID();
    return new Result<>(new TrainingState(id, before.layout(), List.of(next)), finite, reports);
  }
}
