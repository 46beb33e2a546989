package convoy.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Engines without a training job. Each has a separate process, and they compute at the same time.
 */
final class BareEngines implements AutoCloseable {
  private static final int ITERATIONS = 4;

  private final Workload workload;
  private final List<Subject> subjects = new ArrayList<>();
  private final List<Double> imagesPerSecond = new ArrayList<>();

  BareEngines(Workload workload, int count) throws IOException {
    this.workload = workload;
    for (int i = 0; i < count; i++) {
      subjects.add(new Subject(Engine.CONVOY, workload));
    }

    together(1); // The first iteration opens the network.
    together(1);
  }

  /** Measures the speed of all engines together several times. */
  void measure(int times) {
    for (int i = 0; i < times; i++) {
      imagesPerSecond.add(together(ITERATIONS));
    }
  }

  private double together(int iterations) {
    List<CompletableFuture<Double>> running =
        subjects.stream()
            .map(
                subject ->
                    CompletableFuture.supplyAsync(
                        () -> iterations * workload.batch() / subject.seconds(iterations),
                        // The common pool may have fewer threads than there are engines.
                        task -> new Thread(task).start()))
            .toList();
    return running.stream().mapToDouble(CompletableFuture::join).sum();
  }

  /** Returns the median of the images per second of all engines together. */
  double imagesPerSecond() {
    return Measurement.median(imagesPerSecond);
  }

  @Override
  public void close() throws IOException {
    for (Subject subject : subjects) {
      subject.close();
    }
  }
}
