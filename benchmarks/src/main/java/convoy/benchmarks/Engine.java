package convoy.benchmarks;

import convoy.zoo.natives.ProcessEnvironment;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An engine or operation that a separate process runs. */
enum Engine {
  CONVOY("convoy"),
  LIBTORCH("libtorch"),
  LIBTORCH_CHANNELS_LAST("libtorch"),
  /**
   * OpenBLAS uses one thread. More of its own threads beside those of OpenMP make LeNet-5 six times
   * slower.
   */
  LIBTORCH_SERIAL("libtorch"),
  LIBTORCH_CHANNELS_LAST_SERIAL("libtorch"),
  ONNXRUNTIME("onnxruntime"),
  /** Networks of one thread each that share a minibatch. */
  REPLICAS("replicas"),
  DL4J("dl4j"),
  /** oneDNN's product of two matrices, which shows what the machine can compute. */
  PRODUCT("product"),
  /** The engine's update alone. */
  UPDATE("update"),
  /** A copy of as many floats as the network has parameters. */
  COPY("copy");

  private final String peer;

  Engine(String peer) {
    this.peer = peer;
  }

  /** Returns the name in tables, which is the same for all ways of one engine. */
  String peer() {
    return peer;
  }

  /**
   * Returns whether the engine runs with its defaults: DL4J uses malloc's defaults and not its
   * oneDNN layers.
   */
  boolean asItComes() {
    return this == DL4J;
  }

  /** Returns the ways of libtorch. The fastest one counts. */
  static List<Engine> libtorch(int threads) {
    return threads == 1
        ? List.of(LIBTORCH, LIBTORCH_CHANNELS_LAST)
        : List.of(LIBTORCH, LIBTORCH_CHANNELS_LAST, LIBTORCH_SERIAL, LIBTORCH_CHANNELS_LAST_SERIAL);
  }

  /**
   * Returns the environment of the engine's process, with the settings of malloc and waiting
   * threads that scripts/convoy uses. If libtorch's products have one thread, its waiting threads
   * disturb no other thread and keep their default.
   */
  Map<String, String> environment() {
    if (asItComes()) {
      return Map.of();
    }

    Map<String, String> variables = new HashMap<>(ProcessEnvironment.settings());
    if (this == LIBTORCH_SERIAL || this == LIBTORCH_CHANNELS_LAST_SERIAL) {
      variables.put("OPENBLAS_NUM_THREADS", "1");
      variables.remove("GOMP_SPINCOUNT");
    }

    return variables;
  }

  /** Returns whether iterations give a loss that can be compared. */
  boolean hasLoss() {
    return compareTo(DL4J) <= 0;
  }

  /** Opens the engine in this process. */
  Candidate open(Workload workload, boolean dropout) {
    return switch (this) {
      case CONVOY -> new ConvoyCandidate(workload, dropout);
      case LIBTORCH, LIBTORCH_SERIAL -> new LibtorchCandidate(workload, dropout, false);
      case LIBTORCH_CHANNELS_LAST, LIBTORCH_CHANNELS_LAST_SERIAL ->
          new LibtorchCandidate(workload, dropout, true);
      case REPLICAS -> new ReplicasCandidate(workload, dropout);
      case ONNXRUNTIME -> new OnnxRuntimeCandidate(workload);
      case DL4J -> new Dl4jCandidate(workload, dropout);
      case PRODUCT -> new ProductCandidate(workload.precision());
      case UPDATE -> new UpdateCandidate(workload);
      case COPY -> new CopyCandidate(workload);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
