package convoy.jobs.exchange;

import convoy.jobs.spark.TaskSlots;
import convoy.jobs.spark.internal.Blocks;
import convoy.jobs.spark.internal.ReadAhead;
import convoy.jobs.spark.internal.SortedShuffle;
import convoy.zoo.engine.FlatVector;
import java.io.IOException;
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
 * the workers, weighted by examples, and a rule makes the next state of the mean. All slices stay
 * on the executors. The driver learns of reports and of whether all values are finite.
 *
 * @param <R> type of each worker's report
 */
public final class Exchange<R extends Serializable> {
  private final JavaSparkContext spark;
  private final HeldState before;
  private final JavaRDD<Map.Entry<SliceKey, WorkerPart>> parts;

  private Exchange(
      JavaSparkContext spark, HeldState before, JavaRDD<Map.Entry<SliceKey, WorkerPart>> parts) {
    this.spark = spark;
    this.before = before;
    this.parts = parts;
  }

  /**
   * The result of a round.
   *
   * @param state the next state, which the caller closes after use
   * @param finite whether all values of the state are finite
   * @param reports reports in the order of the workers
   */
  public record Result<R>(HeldState state, boolean finite, List<R> reports) {}

  /**
   * Plans a step on each worker. It runs when its results are asked for, and again if they are
   * lost.
   */
  public static <R extends Serializable> Exchange<R> of(
      JavaSparkContext spark, HeldState before, int workers, WorkerStep<R> step) {
    List<Integer> numbers = IntStream.range(0, workers).boxed().toList();
    StateLayout layout = before.layout();
    return new Exchange<>(
        spark,
        before,
        spark.parallelize(numbers, workers).flatMap(worker -> parts(layout, worker, step)));
  }

  /** What a worker's step gives. A lost state is told, as another attempt would not find it. */
  private static <R extends Serializable> Iterator<Map.Entry<SliceKey, WorkerPart>> parts(
      StateLayout layout, int worker, WorkerStep<R> step) throws IOException, InterruptedException {
    try {
      return parts(layout, worker, step.run(worker));
    } catch (StateLostException lost) {
      return List.of(report(layout, worker, new LostState(lost.getMessage()))).iterator();
    }
  }

  /** The slices of the worker's vectors, then the report, which comes behind the last slice. */
  static Iterator<Map.Entry<SliceKey, WorkerPart>> parts(
      StateLayout layout, int worker, Contribution<?> given) {
    List<StateLayout.Cut> cuts = layout.networkCuts();
    List<Map.Entry<SliceKey, WorkerPart>> parts = new ArrayList<>();
    if (given.examples() > 0) {
      byte[] bytes = new byte[cuts.stream().mapToInt(StateLayout.Cut::bytes).max().orElse(0)];
      for (int slice = 0; slice < cuts.size(); slice++) {
        StateLayout.Cut cut = cuts.get(slice);
        FlatVector vector = given.vectors().get(cut.vector());
        Wire wire = given.wire().of(layout.number(cut.vector()));
        parts.add(
            Map.entry(
                new SliceKey(slice, worker),
                new WorkerPart.InNetwork(
                    given.examples(), given.state(), vector, cut, wire, bytes)));
      }
    }

    parts.add(report(layout, worker, given.report()));
    return parts.iterator();
  }

  private static Map.Entry<SliceKey, WorkerPart> report(
      StateLayout layout, int worker, Serializable report) {
    return Map.entry(
        new SliceKey(layout.networkCuts().size(), worker), new WorkerPart.Report(report));
  }

  /**
   * Runs the round.
   *
   * @throws StateLostException if a part of the state before or after the round was lost
   */
  public Result<R> next(SliceRule rule) {
    Blocks after = before.blocks().next(spark);
    JavaRDD<Reduction.Reduced> reduced = reduced(new Reduction(rule, before, after));
    boolean whole = false;
    try {
      Result<R> result = result(reduced.collect(), after);
      SecondCopies.secure(spark, result.state());
      before.blocks().freeEarlier();
      whole = true;
      return result;
    } finally {
      if (!whole) {
        after.free();
      }

      // Spark itself removes the files so late that the executors' disks would hold the parameters
      // of many rounds.
      SortedShuffle.removeFiles(reduced);
    }
  }

  /**
   * Reduces the parts in the order of slices and workers, which those of a single worker are in
   * already. Others are fetched while the slice before is reduced and sent.
   */
  private JavaRDD<Reduction.Reduced> reduced(Reduction reduction) {
    if (parts.getNumPartitions() == 1) {
      return parts.map(List::of).mapPartitions(reduction);
    }

    int slices = before.layout().networkCuts().size();
    return SortedShuffle.of(
            parts,
            slices + 1,
            Math.min(slices, TaskSlots.of(spark.sc())),
            SliceKey.class,
            WorkerPart.class,
            new SliceFormat())
        .mapPartitions(ReadAhead.of(reduction));
  }

  @SuppressWarnings("unchecked") // The reports are those of the step.
  private Result<R> result(List<Reduction.Reduced> parts, Blocks after) {
    List<R> reports = new ArrayList<>();
    Set<UUID> states = new HashSet<>();
    boolean finite = true;
    for (Reduction.Reduced part : parts) {
      if (part.report() instanceof LostState lost) {
        throw new StateLostException(lost.message());
      } else if (part.report() != null) {
        reports.add((R) part.report());
      } else {
        finite &= part.finite();
        if (part.state() != null) {
          states.add(part.state());
        }
      }
    }

    // The state of a single worker keeps its id, as a network may still hold it.
    UUID id = states.size() == 1 ? states.iterator().next() : UUID.randomUUID();
    return new Result<>(new HeldState(id, before.layout(), after), finite, reports);
  }
}
