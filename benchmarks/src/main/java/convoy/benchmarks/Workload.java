package convoy.benchmarks;

import convoy.zoo.Zoo;
import convoy.zoo.engine.Precision;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;

/**
 * The work of every engine in a comparison: one network of the zoo in its paper's size.
 *
 * @param heads whether the auxiliary classifiers are trained too
 * @param threads native threads of the engine
 * @param batch pictures of a minibatch
 * @param classes that the network distinguishes
 */
record Workload(
    String network,
    boolean heads,
    Mode mode,
    int threads,
    int batch,
    int classes,
    Precision precision) {
  /** Creates a workload with the paper's classes, in floats. */
  Workload(String network, boolean heads, Mode mode, int threads, int batch) {
    this(
        network,
        heads,
        mode,
        threads,
        batch,
        Zoo.architecture(network).defaults().classes(),
        Precision.FLOAT32);
  }

  /** Returns the same workload in a different precision. */
  Workload in(Precision other) {
    return new Workload(network, heads, mode, threads, batch, classes, other);
  }

  /**
   * Returns the network of the paper, or the network without dropout, so that two engines can be
   * compared.
   */
  Graph graph(boolean dropout) {
    Architecture architecture = Zoo.architecture(network);
    Architecture.Options paper = architecture.defaults();
    Graph graph =
        architecture.graph(
            new Architecture.Options(
                classes,
                paper.inputSize(),
                paper.inputChannels(),
                dropout ? paper.dropout() : 0,
                paper.initializer()));
    return heads ? graph : graph.inference();
  }

  /** Returns the network's name in tables, which is different for each form that is measured. */
  String label() {
    return heads ? network + "+heads" : network;
  }

  /**
   * Returns the floating-point operations of an iteration. A product and its sum count as two.
   * Training computes each layer's weight gradient and, except for the first layer, the gradient of
   * its input.
   */
  double operations() {
    double products = 0;
    for (Graph.Node node : graph(true).nodes()) {
      int passes = mode == Mode.INFER ? 1 : node.inputs().contains(Graph.INPUT) ? 2 : 3;
      products += (double) passes * node.multiplyAdds();
    }

    return 2 * products * batch;
  }

  @Override
  public String toString() {
    return "%s %s, %d threads, batch %d, %s".formatted(label(), mode, threads, batch, precision);
  }
}
