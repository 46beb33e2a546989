package convoy.jobs.exchange;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Reduces the contributions to one slice, which Spark has sorted by worker. */
record Reduction(SliceRule rule, BroadcastState before)
    implements FlatMapFunction<Iterator<Map.Entry<SliceKey, WorkerPart>>, Reduction.Reduced> {

  /**
   * A slice of the next state, or a worker's report.
   *
   * @param number number of the slice in the layout
   * @param state id of the state that the only worker's network holds already; a new id if no
   *     network holds it
   */
  @SuppressWarnings("ArrayRecordComponent") // It carries bytes and is never compared.
  record Reduced(int number, UUID state, byte[] slice, boolean finite, Serializable report)
      implements Serializable {}

  @Override
  public Iterator<Reduced> call(Iterator<Map.Entry<SliceKey, WorkerPart>> parts) {
    List<Reduced> reduced = new ArrayList<>();
    WeightedMean mean = null;
    int number = 0;
    UUID only = null;
    while (parts.hasNext()) {
      Map.Entry<SliceKey, WorkerPart> part = parts.next();
      number = part.getKey().slice();
      if (part.getValue() instanceof WorkerPart.Report report) {
        reduced.add(new Reduced(number, null, null, true, report.value()));
      } else {
        WorkerPart.Sent slice = (WorkerPart.Sent) part.getValue();
        only = mean == null ? slice.state() : UUID.randomUUID();
        mean = mean == null ? new WeightedMean() : mean;
        mean.add(slice.bytes(), slice.examples());
      }
    }

    if (mean != null) {
      apply(number, new Slice(mean.mean()), only, reduced);
    }

    return reduced.iterator();
  }

  private void apply(int number, Slice mean, UUID only, List<Reduced> into) {
    StateLayout.Cut cut = before.layout().cuts().get(number);
    SliceRule.Next next = rule.next(new Here(before, cut), mean);
    boolean passed = next.state().bytes() == mean.bytes() && next.own().isEmpty();
    into.add(slice(number, passed ? only : UUID.randomUUID(), next.state()));
    List<String> own =
        cut.vector().equals(StateLayout.PARAMETERS) ? before.layout().own() : List.of();
    if (!next.own().keySet().equals(Set.copyOf(own))) {
      throw new IllegalStateException(
          "the rule gave %s with %s, the state has %s"
              .formatted(next.own().keySet(), cut.vector(), own));
    }

    next.own()
        .forEach(
            (name, slice) ->
                into.add(slice(before.layout().index(name, cut.offset()), null, slice)));
  }

  private static Reduced slice(int number, UUID state, Slice slice) {
    return new Reduced(number, state, slice.bytes(), WeightedMean.finite(slice.bytes()), null);
  }

  private record Here(BroadcastState state, StateLayout.Cut cut) implements SliceRule.Place {
    @Override
    public String vector() {
      return cut.vector();
    }

    @Override
    public Slice before() {
      return state.slice(cut.vector(), cut.offset());
    }

    @Override
    public Slice own(String name) {
      return state.slice(name, cut.offset());
    }
  }
}
