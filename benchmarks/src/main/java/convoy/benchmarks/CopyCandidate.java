package convoy.benchmarks;

import convoy.zoo.engine.ParameterLayout;
import java.util.stream.IntStream;

/** Copies an array, which shows the machine's memory bandwidth. */
final class CopyCandidate implements Candidate {
  /** One read and one write. */
  static final int TRANSFERS = 2;

  private final int threads;
  private final float[] from;
  private final float[] into;

  CopyCandidate(Workload workload) {
    int length = ParameterLayout.of(workload.graph(true)).length();
    this.threads = workload.threads();
    this.from = new float[length];
    this.into = new float[length];
  }

  @Override
  public double iterate() {
    IntStream parts = IntStream.range(0, threads);
    (threads == 1 ? parts : parts.parallel())
        .forEach(
            part -> {
              int first = (int) ((long) from.length * part / threads);
              int end = (int) ((long) from.length * (part + 1) / threads);
              System.arraycopy(from, first, into, first, end - first);
            });
    return into[0];
  }

  @Override
  public void close() {
    // There are only arrays, so nothing needs closing.
  }
}
