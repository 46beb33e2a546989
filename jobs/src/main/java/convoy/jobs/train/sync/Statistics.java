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

  /**
   * A gradient with the statistics, which have no gradient, in their places, so that both travel as
   * one vector. It is a view.
   */
  FlatVector besideGradient(FlatVector gradient, FlatVector parameters) {
    return new BesideGradient(gradient, parameters, ranges);
  }

  private record BesideGradient(FlatVector gradient, FlatVector parameters, List<Range> ranges)
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
          parameters.read(from, into.slice(start + from - offset, to - from));
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
    int start = place.offset();
    int end = start + mean.length();
    List<Range> here =
        ranges.stream().filter(range -> range.from < end && range.to > start).toList();
    if (here.isEmpty() || next.bytes() == mean.bytes()) {
      return next;
    }

    // A rule may give a slice that others read too, such as the one before the round.
    Slice result = next.copy();
    for (Range range : here) {
      int from = Math.max(range.from, start) - start;
      int to = Math.min(range.to, end) - start;
      result.floats().put(from, mean.floats(), from, to - from);
    }

    return result;
  }
}
