package convoy.jobs.train.sync;

import convoy.jobs.exchange.Slice;
import convoy.jobs.exchange.SliceRule.Place;
import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.graph.Parameter;
import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Where the running statistics of batch normalization lie among the parameters. They are always the
 * mean over the workers, as a rule for parameters could make a variance negative.
 */
record Statistics(List<Range> ranges) implements Serializable {
  /** Floats of the vector of parameters. */
  record Range(int from, int to) implements Serializable {}

  static Statistics of(ParameterLayout layout) {
    return new Statistics(
        layout.tensors().stream()
            .filter(tensor -> tensor.kind() == Parameter.Kind.STATISTIC)
            .map(tensor -> new Range(tensor.offset(), tensor.offset() + tensor.size()))
            .toList());
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  /**
   * A gradient with the statistics, which have no gradient, in their places, so that both travel as
   * one vector. It is a view.
   *
   * @param statistics as long as the gradient; only the statistics are read
   */
  FlatVector besideGradient(FlatVector gradient, FlatVector statistics) {
    return new BesideGradient(gradient, statistics, ranges);
  }

  private record BesideGradient(FlatVector gradient, FlatVector statistics, List<Range> ranges)
      implements FlatVector {
    @Override
    public int length() {
      return gradient.length();
    }

    @Override
    public void read(int offset, FloatBuffer into) {
      int start = into.position();
      int end = offset + into.remaining();
      gradient.read(offset, into);
      for (Range range : ranges) {
        int from = Math.max(range.from, offset);
        int to = Math.min(range.to, end);
        if (from < to) {
          statistics.read(from, into.slice(start + from - offset, to - from));
        }
      }
    }

    @Override
    public void write(int offset, FloatBuffer from) {
      throw new UnsupportedOperationException("a gradient is computed");
    }
  }

  /** Returns {@code next} with the mean in place of statistics. */
  Slice averaged(Place place, Slice mean, Slice next) {
    List<Range> here = within(place.offset(), mean.length());
    if (here.isEmpty() || next.bytes() == mean.bytes()) {
      return next;
    }

    // A rule may give a slice that others read too, such as the one before the round.
    Slice result = next.copy();
    for (Range range : here) {
      result.floats().put(range.from, mean.floats(), range.from, range.to - range.from);
    }

    return result;
  }

  /** Adds the values before to the statistics in a slice of differences, which changes. */
  void addBefore(Place place, Slice differences) {
    List<Range> here = within(place.offset(), differences.length());
    if (!here.isEmpty()) {
      Slice before = place.before();
      here.forEach(range -> Differences.addTo(differences, before, range.from, range.to));
    }
  }

  /** The parts of the ranges that lie in a slice, with their places in the slice. */
  private List<Range> within(int start, int length) {
    int end = start + length;
    return ranges.stream()
        .filter(range -> range.from < end && range.to > start)
        .map(
            range ->
                new Range(Math.max(range.from, start) - start, Math.min(range.to, end) - start))
        .toList();
  }
}
