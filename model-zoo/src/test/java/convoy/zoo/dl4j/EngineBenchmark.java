package convoy.zoo.dl4j;

import convoy.zoo.Architecture;
import convoy.zoo.Zoo;
import convoy.zoo.engine.Engines;
import convoy.zoo.engine.Minibatch;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.graph.Graph;
import convoy.zoo.optimizer.OptimizerSpec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Images a second of the engine and of DL4J as it comes, each in a process of its own, one after
 * another. DL4J has its layers without oneDNN, malloc's defaults and plain SGD, its cheapest rule.
 *
 * <p>Medians; the processor's time of the calling thread stands beside the clock's, because other
 * programs on the machine disturb the clock. Arguments: network, batch, threads, repetitions.
 */
final class EngineBenchmark {
  private static final OptimizerSpec SGD = new OptimizerSpec("sgd", 0.9, 0.0005, 2, 0);
  private static final Map<String, String> MALLOC =
      Map.of(
          "MALLOC_MMAP_MAX_", "0",
          "MALLOC_TRIM_THRESHOLD_", "100000000000",
          "MALLOC_TOP_PAD_", "268435456",
          "MALLOC_ARENA_MAX", "1");

  private EngineBenchmark() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 6) {
      measure(arguments);
      return;
    }

    System.out.println("engine  phase  network  batch  threads  images/s  images/s of CPU time");
    for (String phase : List.of("train", "infer")) {
      for (String engine : List.of("convoy", "dl4j")) {
        child(engine, phase, arguments);
      }
    }
  }

  private static void child(String engine, String phase, String[] arguments)
      throws IOException, InterruptedException {
    boolean stock = engine.equals("dl4j");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx2g",
            "-Dorg.bytedeco.javacpp.maxBytes=0",
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
            "-Dorg.eclipse.deeplearning4j.helpers.disable=" + stock,
            "-cp",
            System.getProperty("java.class.path"),
            EngineBenchmark.class.getName(),
            engine,
            phase));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().keySet().removeIf(name -> name.startsWith("MALLOC_"));
    builder.environment().put("OMP_NUM_THREADS", arguments[2]);
    if (!stock) {
      builder.environment().putAll(MALLOC);
    }

    builder.start().waitFor();
  }

  private static void measure(String[] arguments) {
    Architecture architecture = Zoo.architecture(arguments[2]);
    Graph graph = architecture.graph(architecture.defaults());
    int batch = Integer.parseInt(arguments[3]);
    int threads = Integer.parseInt(arguments[4]);
    int repetitions = Integer.parseInt(arguments[5]);
    boolean training = arguments[1].equals("train");
    double[] rates =
        arguments[0].equals("dl4j")
            ? dl4j(graph, batch, training, repetitions)
            : engine(graph, batch, threads, training, repetitions);
    System.out.printf(
        "%s  %s  %s  %d  %d  %.1f  %.1f%n",
        arguments[0], arguments[1], arguments[2], batch, threads, rates[0], rates[1]);
  }

  private static double[] engine(
      Graph graph, int batch, int threads, boolean training, int repetitions) {
    Minibatch drawn = Minibatch.drawn(graph, batch, 1);
    NetworkSpec spec = new NetworkSpec(graph, training ? SGD : null, batch, threads);
    try (Network network = Engines.open("auto", spec)) {
      network.initialize(1);
      FloatBuffer probabilities = Minibatch.direct(batch * graph.classes());
      return rates(
          batch,
          repetitions,
          () -> {
            if (training) {
              network.computeGradient(drawn.images(), drawn.labels(), batch, 1);
              network.update(0.001);
            } else {
              network.predict(drawn.images(), batch, probabilities);
            }
          });
    }
  }

  private static double[] dl4j(Graph graph, int batch, boolean training, int repetitions) {
    Minibatch drawn = Minibatch.drawn(graph, batch, 1);
    ComputationGraph network = ComputationGraphs.of(graph, null, 1);
    try (Network start = Engines.open("auto", new NetworkSpec(graph, null, 1, 1))) {
      start.initialize(1);
      Dl4jTensors.of(graph, network).copy(start.parameters(), network.params());
    }

    DataSet data = Comparison.dataSet(graph, drawn);
    return rates(
        batch,
        repetitions,
        () -> {
          if (training) {
            network.fit(data);
          } else {
            network.outputSingle(false, data.getFeatures());
          }
        });
  }

  private static double[] rates(int batch, int repetitions, Runnable step) {
    double[] wall = new double[repetitions];
    double[] processor = new double[repetitions];
    for (int i = -3; i < repetitions; i++) {
      long start = System.nanoTime();
      long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      step.run();
      if (i >= 0) {
        processor[i] =
            batch * 1e9 / (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - used);
        wall[i] = batch * 1e9 / (System.nanoTime() - start);
      }
    }

    Arrays.sort(wall);
    Arrays.sort(processor);
    return new double[] {wall[repetitions / 2], processor[repetitions / 2]};
  }
}
