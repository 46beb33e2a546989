package convoy.benchmarks;

import static convoy.zoo.engine.Precision.BFLOAT16;

import convoy.zoo.Zoo;
import convoy.zoo.graph.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decides which workloads are measured with which engines. */
record Agenda(List<String> networks, List<Integer> threads, boolean quick) {
  /** The number of pictures in a minibatch for each thread. */
  private static final Map<String, Integer> BATCHES =
      Map.of("lenet5-modern", 64, "alexnet-one-tower", 16, "vgg16", 8, "googlenet", 16);

  static final List<String> NETWORKS =
      List.of("lenet5-modern", "alexnet-one-tower", "vgg16", "googlenet");

  /** A full run measures these networks in bfloat16, too. */
  private static final Set<String> IN_BFLOAT16_TOO = Set.of("alexnet-one-tower", "googlenet");

  private static final int USUAL_BATCH = 16;
  private static final int ONNXRUNTIME_BATCH = 16;

  /**
   * Above this number of operations for a picture in inference, a quick run measures less often.
   * VGG exceeds it.
   */
  private static final double LARGE = 2e10;

  /**
   * Above this number of operations for a picture in training, DL4J would take a minute for an
   * iteration.
   */
  private static final double LARGEST_FOR_DL4J = 1e10;

  /** One workload with its engines. Convoy's engine is the first. */
  record Entry(Workload workload, List<Engine> engines) {}

  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (String network : networks) {
      for (int count : threads) {
        int batch = batch(network, count);
        training(entries, new Workload(network, false, Mode.TRAIN, count, batch));
        if (!quick && hasHeads(network)) {
          training(entries, new Workload(network, true, Mode.TRAIN, count, batch));
        }

        inference(entries, new Workload(network, false, Mode.INFER, count, batch));
        if (!quick && IN_BFLOAT16_TOO.contains(network)) {
          inBfloat16(entries, new Workload(network, false, Mode.TRAIN, count, batch));
          inBfloat16(entries, new Workload(network, false, Mode.INFER, count, batch));
        }
      }
    }

    return entries;
  }

  /** Returns training and inference, each with the usual minibatch. */
  List<Workload> workloads() {
    List<Workload> workloads = new ArrayList<>();
    for (String network : networks) {
      for (int count : threads) {
        for (Mode mode : Mode.values()) {
          workloads.add(new Workload(network, false, mode, count, batch(network, count)));
        }
      }
    }

    return workloads;
  }

  /** Compares one network of several threads with as many networks of one thread. */
  List<Entry> replicas() {
    return workloads().stream()
        .filter(workload -> workload.threads() > 1)
        .map(
            workload ->
                new Entry(workload, List.of(Engine.CONVOY, Engine.REPLICAS, Engine.PRODUCT)))
        .toList();
  }

  private static int batch(String network, int threads) {
    return threads * BATCHES.getOrDefault(network, USUAL_BATCH);
  }

  private static boolean hasHeads(String network) {
    Architecture architecture = Zoo.architecture(network);
    return !architecture.graph(architecture.defaults()).heads().isEmpty();
  }

  private static void inBfloat16(List<Entry> entries, Workload usual) {
    Workload workload = usual.in(BFLOAT16);
    List<Engine> engines = new ArrayList<>();
    engines.add(Engine.CONVOY);
    engines.addAll(Engine.libtorch(workload.threads()));
    engines.add(Engine.PRODUCT);
    entries.add(new Entry(workload, engines));
  }

  private static void training(List<Entry> entries, Workload workload) {
    List<Engine> engines = new ArrayList<>();
    engines.add(Engine.CONVOY);
    engines.addAll(Engine.libtorch(workload.threads()));
    if (isForDl4j(workload)) {
      engines.add(Engine.DL4J);
    }

    engines.addAll(List.of(Engine.PRODUCT, Engine.UPDATE, Engine.COPY));
    entries.add(new Entry(workload, engines));
  }

  private void inference(List<Entry> entries, Workload workload) {
    List<Engine> engines = new ArrayList<>();
    engines.add(Engine.CONVOY);
    engines.addAll(Engine.libtorch(workload.threads()));
    boolean together = workload.batch() == ONNXRUNTIME_BATCH;
    if (together) {
      engines.add(Engine.ONNXRUNTIME);
    }
    if (!quick && isForDl4j(workload)) {
      engines.add(Engine.DL4J);
    }

    engines.add(Engine.PRODUCT);
    entries.add(new Entry(workload, engines));
    if (!together) {
      entries.add(
          new Entry(
              new Workload(
                  workload.network(), false, Mode.INFER, workload.threads(), ONNXRUNTIME_BATCH),
              List.of(Engine.CONVOY, Engine.ONNXRUNTIME, Engine.PRODUCT)));
    }
  }

  private static boolean isForDl4j(Workload workload) {
    Workload training = new Workload(workload.network(), false, Mode.TRAIN, workload.threads(), 1);
    return !workload.heads()
        && training.operations() <= LARGEST_FOR_DL4J
        && Dl4jCandidate.knows(workload);
  }

  /**
   * Returns how replicas are measured. Their losses are compared once, because their weights differ
   * after the first iteration.
   */
  Comparison.Settings replicaSettings(Workload workload) {
    Comparison.Settings usual = settings(workload);
    return new Comparison.Settings(1, usual.rounds(), usual.seconds(), usual.trials());
  }

  /** Returns how a workload is measured. */
  Comparison.Settings settings(Workload workload) {
    Workload picture = new Workload(workload.network(), false, Mode.INFER, 1, 1);
    boolean large = picture.operations() > LARGE;
    // All iterations of inference are the same.
    boolean once = workload.mode() == Mode.INFER || (quick && large);
    return quick
        ? new Comparison.Settings(once ? 1 : 2, large ? 3 : 5, 0.4, 1)
        : new Comparison.Settings(once ? 1 : 3, 7, 1, 3);
  }
}
