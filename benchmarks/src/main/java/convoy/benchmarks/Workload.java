package convoy.benchmarks;

import convoy.zoo.Zoo;
import convoy.zoo.engine.Precision;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;

/**
 * What every engine of a comparison has to do: one network of the zoo in its paper's size.
 *
 * @param heads whether the auxiliary classifiers are trained too
 * @param threads native threads of the engine
 * @param batch pictures of a minibatch
 * @param classes that the network tells apart
 */
record Workload(
    String network,
    boolean heads,
    Mode mode,
    int threads,
    int batch,
    int classes,
    Precision precision) {
  /** With the paper's classes, in floats. */
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

  /** The same in another precision. */
  Workload in(Precision other) {
    return new Workload(network, heads, mode, threads, batch, classes, other);
  }

  /** The network as the papers have it, or with dropout off, where two engines can be compared. */
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

  /** The network's name in tables, one for each form that is measured. */
  String label() {
    return heads ? network + "+heads" : network;
  }

  /**
   * Floating-point operations of an iteration, a product and its sum as two. Training computes each
   * layer's weight gradient and, but for the first layer, the gradient of its input.
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
