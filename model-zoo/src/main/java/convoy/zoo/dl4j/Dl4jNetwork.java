package convoy.zoo.dl4j;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Initialization;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.graph.Graph;
import convoy.zoo.loops.Step;
import convoy.zoo.optimizer.Optimizer;
import convoy.zoo.optimizer.Optimizers;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A network executed by ND4J: convolutions and products on its operations, which oneDNN computes;
 * everything else in plain loops over the same memory.
 */
public final class Dl4jNetwork implements Network {
  private final NetworkSpec spec;
  private final Optimizer optimizer;
  private final ParameterBlock parameters;
  private final Floats optimizerState;
  private final Steps steps;
  private final List<ParameterLayout.Tensor> trained;
  private final AtomicBoolean busy = new AtomicBoolean();
  private boolean closed;

  private Dl4jNetwork(NetworkSpec spec) {
    Nd4jRuntime.useThreads(spec.threads());
    boolean training = spec.optimizer() != null;
    Graph graph = training ? spec.graph() : spec.graph().inference();
    this.spec = spec;
    this.optimizer = training ? Optimizers.of(spec.optimizer(), spec.threads()) : null;
    this.parameters = new ParameterBlock(graph, training, spec.frozen());
    this.optimizerState = Floats.zeros(stateLength());
    this.trained = parameters.layout().trained(spec.frozen());
    this.steps = new Steps(graph, parameters, spec.maxBatch());
  }

  /** Opens a network; its parameters are zero until they are initialized or written. */
  public static Network open(NetworkSpec spec) {
    return new Dl4jNetwork(spec);
  }

  @Override
  public ParameterLayout layout() {
    return parameters.layout();
  }

  @Override
  public FlatVector parameters() {
    return vector(parameters.values(), layout().length());
  }

  @Override
  public FlatVector optimizerState() {
    return vector(optimizerState.buffer(), stateLength());
  }

  @Override
  public List<String> optimizerStateNames() {
    return optimizer == null ? List.of() : optimizer.stateNames();
  }

  private int stateLength() {
    return Math.multiplyExact(optimizerStateNames().size(), layout().length());
  }

  @Override
  public void initialize(long seed) {
    alone(
        () -> {
          Initialization.fill(spec.graph(), layout(), seed, parameters.values());
          optimizerState.clear();
          return null;
        });
  }

  @Override
  public double computeGradient(FloatBuffer images, int[] labels, int size, long seed) {
    check(size);
    trains();
    for (int i = 0; i < size; i++) {
      if (labels[i] < 0 || labels[i] >= spec.graph().classes()) {
        throw new IllegalArgumentException(
            "label " + labels[i] + " of " + spec.graph().classes() + " classes");
      }
    }

    return alone(
        () -> {
          steps.forward(images, size, new Step.Mode(true, seed));
          return steps.backward(labels, size);
        });
  }

  @Override
  public FlatVector gradient() {
    trains();
    return vector(parameters.gradient(), layout().length());
  }

  @Override
  public void update(double learningRate) {
    trains();
    alone(
        () -> {
          optimizer.update(
              trained,
              parameters.values(),
              parameters.gradient(),
              optimizerState.buffer(),
              learningRate);
          return null;
        });
  }

  @Override
  public void predict(FloatBuffer images, int size, FloatBuffer probabilities) {
    check(size);
    alone(
        () -> {
          FloatBuffer result = steps.forward(images, size, Step.Mode.INFERENCE);
          probabilities.put(0, result, 0, size * spec.graph().classes());
          return null;
        });
  }

  @Override
  public void activations(String layer, int size, FloatBuffer into) {
    check(size);
    alone(
        () -> {
          Tensor tensor = steps.tensor(layer);
          into.put(0, tensor.values(), 0, size * tensor.shape().size());
          return null;
        });
  }

  private FlatVector vector(FloatBuffer values, int length) {
    return new GuardedVector(
        values,
        length,
        copy ->
            alone(
                () -> {
                  copy.run();
                  return null;
                }));
  }

  private void trains() {
    if (optimizer == null) {
      throw new IllegalStateException("opened for inference: open it with an optimizer to train");
    }
  }

  private void check(int size) {
    if (size < 1 || size > spec.maxBatch()) {
      throw new IllegalArgumentException(
          "a minibatch of " + size + " for a network opened for 1 to " + spec.maxBatch());
    }
  }

  /** One thread at a time, from any thread after another. */
  private <T> T alone(Supplier<T> work) {
    if (!busy.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "a network works for one thread at a time: open one for each");
    }

    try {
      if (closed) {
        throw new IllegalStateException("the network is closed");
      }

      Nd4jRuntime.useThreads(spec.threads());
      return work.get();
    } finally {
      busy.set(false);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }

    alone(
        () -> {
          steps.close();
          parameters.close();
          optimizerState.close();
          closed = true;
          return null;
        });
  }
}
