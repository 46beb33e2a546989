package convoy.benchmarks;

import convoy.zoo.engine.Precision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Engines with the same workload, each in a process of its own, asked in turn for one measurement
 * after another, so that a noisy moment of the machine hits all of them.
 */
final class Comparison implements AutoCloseable {
  /**
   * Relative, of the losses of the first iterations. Rounding gives 1e-6; GoogLeNet's auxiliary
   * classifiers alone move the third loss by 2e-4.
   */
  private static final double TOLERANCE = 1e-4;

  /** The same with 8 bits behind the point. */
  private static final double SHORT_TOLERANCE = 2e-2;

  /** A first iteration as long as that needs no second one to be warm. */
  private static final double LONG_SECONDS = 2;

  /**
   * How to measure.
   *
   * @param losses iterations whose losses are compared
   * @param rounds measurements of each engine
   * @param seconds that a measurement takes at least, with whole iterations
   * @param trial whether one measurement chooses the peer's layout
   */
  record Settings(int losses, int rounds, double seconds, boolean trial) {}

  private final Workload workload;
  private final Settings settings;
  private final List<Subject> subjects = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<Subject, Integer> iterations = new LinkedHashMap<>();

  private Comparison(Workload workload, Settings settings) {
    this.workload = workload;
    this.settings = settings;
  }

  /** Runs it; {@code engines} begin with Convoy's. */
  static Measurement of(Workload workload, List<Engine> engines, Settings settings)
      throws IOException {
    try (Comparison comparison = new Comparison(workload, settings)) {
      for (Engine engine : engines) {
        comparison.subjects.add(new Subject(engine, workload));
      }

      comparison.compareLosses();
      comparison.warmUp();
      if (settings.trial()) {
        comparison.chooseLayout();
      }

      return comparison.measure();
    }
  }

  private void compareLosses() throws IOException {
    double[] ours = subjects.get(0).losses(settings.losses());
    for (Subject subject : List.copyOf(subjects.subList(1, subjects.size()))) {
      if (!subject.engine().hasLoss()) {
        continue;
      }

      double[] theirs = subject.losses(settings.losses());
      boolean floats = workload.precision() == Precision.FLOAT32;
      if (!Measurement.same(ours, theirs, floats ? TOLERANCE : SHORT_TOLERANCE)) {
        problems.add(
            "%s: the losses of %s are %s, ours %s"
                .formatted(
                    workload, subject.engine(), Arrays.toString(theirs), Arrays.toString(ours)));
        leave(subject);
      }
    }
  }

  private void warmUp() {
    for (Subject subject : subjects) {
      double seconds = subject.seconds(1);
      if (seconds < LONG_SECONDS) {
        seconds = subject.seconds(1);
      }
      if (seconds < settings.seconds()) {
        // Java's compiler needs many short iterations.
        int count = count(seconds);
        seconds = subject.seconds(count) / count;
      }

      iterations.put(subject, count(seconds));
    }
  }

  private int count(double secondsOfAnIteration) {
    return (int) Math.max(1, Math.ceil(settings.seconds() / secondsOfAnIteration));
  }

  private void chooseLayout() throws IOException {
    Map<String, Subject> fastest = new LinkedHashMap<>();
    Map<Subject, Double> seconds = new LinkedHashMap<>();
    for (Subject subject : List.copyOf(subjects)) {
      Subject other = fastest.putIfAbsent(subject.engine().peer(), subject);
      if (other != null) {
        Subject slower = second(other, seconds) <= second(subject, seconds) ? subject : other;
        fastest.put(subject.engine().peer(), slower == subject ? other : subject);
        leave(slower);
      }
    }
  }

  private double second(Subject subject, Map<Subject, Double> known) {
    return known.computeIfAbsent(subject, this::secondsOfAnIteration);
  }

  private double secondsOfAnIteration(Subject subject) {
    return subject.seconds(iterations.get(subject)) / iterations.get(subject);
  }

  private void leave(Subject subject) throws IOException {
    subjects.remove(subject);
    subject.close();
  }

  private Measurement measure() {
    Map<Engine, List<Double>> all = new LinkedHashMap<>();
    for (int round = 0; round < settings.rounds(); round++) {
      for (Subject subject : subjects) {
        all.computeIfAbsent(subject.engine(), engine -> new ArrayList<>())
            .add(secondsOfAnIteration(subject));
      }
    }

    Map<Engine, Double> medians = new LinkedHashMap<>();
    all.forEach((engine, seconds) -> medians.put(engine, Measurement.median(seconds)));
    return new Measurement(workload, medians, problems);
  }

  @Override
  public void close() throws IOException {
    for (Subject subject : subjects) {
      subject.close();
    }
  }
}
