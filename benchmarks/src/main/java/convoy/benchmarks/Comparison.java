package convoy.benchmarks;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import convoy.zoo.engine.Precision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares engines with the same workload, each in a separate process. They take turns for each
 * measurement, so that a noisy moment of the machine affects all of them.
 */
final class Comparison implements AutoCloseable {
  /**
   * The relative tolerance for the losses of the first iterations. Rounding gives 1e-6; GoogLeNet's
   * auxiliary classifiers alone change the third loss by 2e-4.
   */
  private static final double TOLERANCE = 1e-4;

  /** The tolerance for numbers with 8 bits of precision. */
  private static final double SHORT_TOLERANCE = 2e-2;

  /** If the first iteration takes this long, no second one is needed to warm up. */
  private static final double LONG_SECONDS = 2;

  /**
   * How to measure.
   *
   * @param losses iterations whose losses are compared
   * @param rounds measurements of each engine
   * @param seconds the least time of a measurement, with whole iterations
   * @param trials measurements of each of a peer's ways; only the fastest way is then compared
   */
  record Settings(int losses, int rounds, double seconds, int trials) {}

  private final Workload workload;
  private final Settings settings;
  private final List<Subject> subjects = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<Subject, Integer> iterations = new LinkedHashMap<>();
  private double[] ours;

  private Comparison(Workload workload, Settings settings) {
    this.workload = workload;
    this.settings = settings;
  }

  /** Runs a comparison; {@code engines} begin with Convoy's. */
  static Measurement of(Workload workload, List<Engine> engines, Settings settings)
      throws IOException {
    Map<String, List<Engine>> ways =
        engines.stream().collect(groupingBy(Engine::peer, LinkedHashMap::new, toList()));
    try (Comparison comparison = new Comparison(workload, settings)) {
      for (List<Engine> ofOne : ways.values()) {
        comparison.open(ofOne);
      }

      return comparison.measure();
    }
  }

  /**
   * Starts one engine. If it has several ways, only the fastest stays, and at most two are in
   * memory at a time.
   */
  private void open(List<Engine> ways) throws IOException {
    Subject fastest = null;
    double least = Double.POSITIVE_INFINITY;
    for (Engine way : ways) {
      Subject subject = new Subject(way, workload);
      subjects.add(subject);
      if (!hasOurLosses(subject)) {
        leave(subject);
        continue;
      }

      warmUp(subject);
      double seconds = ways.size() == 1 ? 0 : trial(subject);
      if (seconds < least) {
        least = seconds;
        if (fastest != null) {
          leave(fastest);
        }

        fastest = subject;
      } else {
        leave(subject);
      }
    }
  }

  private boolean hasOurLosses(Subject subject) {
    if (!subject.engine().hasLoss()) {
      return true;
    }

    double[] losses = subject.losses(settings.losses());
    if (ours == null) {
      ours = losses;
    }

    boolean floats = workload.precision() == Precision.FLOAT32;
    boolean same = Measurement.same(ours, losses, floats ? TOLERANCE : SHORT_TOLERANCE);
    if (!same) {
      problems.add(
          "%s: the losses of %s are %s, ours %s"
              .formatted(
                  workload, subject.engine(), Arrays.toString(losses), Arrays.toString(ours)));
    }

    return same;
  }

  private void warmUp(Subject subject) {
    double seconds = subject.seconds(1);
    if (seconds < LONG_SECONDS) {
      seconds = subject.seconds(1);
    }
    if (seconds < settings.seconds()) {
      // Java's compiler needs many iterations if they are short.
      int count = count(seconds);
      seconds = subject.seconds(count) / count;
    }

    iterations.put(subject, count(seconds));
  }

  private int count(double secondsOfAnIteration) {
    return (int) Math.max(1, Math.ceil(settings.seconds() / secondsOfAnIteration));
  }

  private double trial(Subject subject) {
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < settings.trials(); i++) {
      seconds.add(secondsOfAnIteration(subject));
    }

    return Measurement.median(seconds);
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
