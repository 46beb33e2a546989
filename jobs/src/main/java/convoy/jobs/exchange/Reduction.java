package convoy.jobs.exchange;

import convoy.jobs.spark.internal.Blocks;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * Reduces the contributions to some slices, which Spark has sorted by slice and worker, and keeps
 * the next state's slices where it runs.
 */
record Reduction(SliceRule rule, HeldState before, Blocks after)
    implements FlatMapFunction<Iterator<List<Map.Entry<SliceKey, WorkerPart>>>, Reduction.Reduced> {

  /**
   * The driver's part of a slice of the next state, or a worker's report.
   *
   * @param state id of the state that the only worker sent and may hold already; a new id if no
   *     network holds it; null if networks have no such slice
   */
  record Reduced(UUID state, boolean finite, Serializable report) implements Serializable {}

  @Override
  public Iterator<Reduced> call(Iterator<List<Map.Entry<SliceKey, WorkerPart>>> slices) {
    List<Reduced> reduced = new ArrayList<>();
    try (SlicesKept kept = new SlicesKept(after)) {
      while (slices.hasNext()) {
        Sum sum = sum(slices.next(), reduced);
        if (sum != null) {
          apply(sum, kept, reduced);
        }
      }

      kept.await();
    } catch (StateLostException lost) {
      reduced.clear();
      reduced.add(new Reduced(null, true, new LostState(lost.getMessage())));
    }

    return reduced.iterator();
  }

  /** Adds up the workers' parts of one slice. Reports go to the driver. */
  private static Sum sum(List<Map.Entry<SliceKey, WorkerPart>> parts, List<Reduced> reports) {
    Sum sum = null;
    for (Map.Entry<SliceKey, WorkerPart> part : parts) {
      if (part.getValue() instanceof WorkerPart.Report report) {
        reports.add(new Reduced(null, true, report.value()));
      } else {
        sum = sum == null ? new Sum(part.getKey().slice()) : sum;
        sum.add(sent(part.getValue()));
      }
    }

    return sum;
  }

  /** A single worker's slices don't travel. */
  private static WorkerPart.Sent sent(WorkerPart part) {
    return part instanceof WorkerPart.InNetwork slice ? slice.copy() : (WorkerPart.Sent) part;
  }

  /** The mean of one slice over the workers so far. */
  private static final class Sum {
    private final int number;
    private final WeightedMean mean = new WeightedMean();
    private UUID only;

    Sum(int number) {
      this.number = number;
    }

    void add(WorkerPart.Sent slice) {
      only = mean.isEmpty() ? slice.state() : UUID.randomUUID();
      mean.add(slice.bytes(), slice.examples());
    }
  }

  private void apply(Sum sum, SlicesKept kept, List<Reduced> into) {
    StateLayout.Cut cut = before.layout().cutAt(sum.number);
    Slice mean = new Slice(sum.mean.mean());
    SliceRule.Next next = rule.next(new Here(before, cut), mean);
    boolean passed = next.state().bytes() == mean.bytes() && next.own().isEmpty();
    kept.put(sum.number, next.state());
    into.add(told(passed ? sum.only : UUID.randomUUID(), next.state()));
    List<String> own =
        cut.vector().equals(StateLayout.PARAMETERS) ? before.layout().own() : List.of();
    if (!next.own().keySet().equals(Set.copyOf(own))) {
      throw new IllegalStateException(
          "the rule gave %s with %s, the state has %s"
              .formatted(next.own().keySet(), cut.vector(), own));
    }

    next.own()
        .forEach(
            (name, slice) -> {
              kept.put(before.layout().index(name, cut.offset()), slice);
              into.add(told(null, slice));
            });
  }

  private static Reduced told(UUID state, Slice slice) {
    return new Reduced(state, WeightedMean.finite(slice.bytes()), null);
  }

  private record Here(HeldState state, StateLayout.Cut cut) implements SliceRule.Place {
    @Override
    public String vector() {
      return cut.vector();
    }

    @Override
    public int offset() {
      return cut.offset();
    }

    @Override
    public Slice before() {
      return slice(cut.vector());
    }

    @Override
    public Slice own(String name) {
      return slice(name);
    }

    private Slice slice(String vector) {
      return state.slice(state.layout().index(vector, cut.offset()));
    }
  }
}
