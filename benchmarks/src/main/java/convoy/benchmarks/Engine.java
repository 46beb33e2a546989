package convoy.benchmarks;

import java.util.Locale;

/** What runs in a process of its own. */
enum Engine {
  CONVOY("convoy"),
  LIBTORCH("libtorch"),
  LIBTORCH_CHANNELS_LAST("libtorch"),
  ONNXRUNTIME("onnxruntime"),
  /** Networks of one thread each that share a minibatch. */
  REPLICAS("replicas"),
  DL4J("dl4j"),
  /** oneDNN's product of two matrices: what the machine gives. */
  PRODUCT("product"),
  /** The engine's update alone. */
  UPDATE("update"),
  /** A copy of as many floats as the network has parameters. */
  COPY("copy");

  private final String peer;

  Engine(String peer) {
    this.peer = peer;
  }

  /** The name in tables; layouts of one engine share it. */
  String peer() {
    return peer;
  }

  /** DL4J comes with malloc's defaults and without its oneDNN layers. */
  boolean asItComes() {
    return this == DL4J;
  }

  /** Whether iterations give a loss that can be compared. */
  boolean hasLoss() {
    return compareTo(DL4J) <= 0;
  }

  /** Opens it in this process. */
  Candidate open(Workload workload, boolean dropout) {
    return switch (this) {
      case CONVOY -> new ConvoyCandidate(workload, dropout);
      case LIBTORCH -> new LibtorchCandidate(workload, dropout, false);
      case LIBTORCH_CHANNELS_LAST -> new LibtorchCandidate(workload, dropout, true);
      case REPLICAS -> new ReplicasCandidate(workload, dropout);
      case ONNXRUNTIME -> new OnnxRuntimeCandidate(workload);
      case DL4J -> new Dl4jCandidate(workload, dropout);
      case PRODUCT -> new ProductCandidate();
      case UPDATE -> new UpdateCandidate(workload);
      case COPY -> new CopyCandidate(workload);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
