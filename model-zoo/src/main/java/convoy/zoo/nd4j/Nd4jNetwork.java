package convoy.zoo.nd4j;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Initialization;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.graph.Graph;
import convoy.zoo.loops.Step;
import convoy.zoo.natives.Nd4jRuntime;
import convoy.zoo.optimizer.Optimizer;
import convoy.zoo.optimizer.Optimizers;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A network that ND4J executes. Convolutions and products use ND4J's operations, which call oneDNN.
 * All other layers are plain loops over the same memory.
 */
public final class Nd4jNetwork implements Network {
  private final NetworkSpec spec;
  private final Optimizer optimizer;
  private final ParameterBlock parameters;
  private final boolean ownsParameters;
  private final Floats optimizerState;
  private final Steps steps;
  private final List<ParameterLayout.Tensor> trained;

  /**
   * @param shared parameters that the network reads but does not close, or null if it has its own
   */
  Nd4jNetwork(NetworkSpec spec, ParameterBlock shared) {
    Nd4jRuntime.useThreads(spec.threads());
    boolean training = spec.optimizer() != null;
    Graph graph = training ? spec.graph() : spec.graph().inference();
    this.spec = spec;
    this.optimizer = training ? Optimizers.of(spec.optimizer(), spec.threads()) : null;
    this.ownsParameters = shared == null;
    this.parameters = ownsParameters ? new ParameterBlock(graph, training, spec.frozen()) : shared;
    this.optimizerState = Floats.zeros(stateLength());
    this.trained = parameters.layout().trained(spec.frozen());
    this.steps = new Steps(graph, parameters, spec.maxBatch());
  }

  /** Opens a network. Its parameters are zero until they are initialized or written. */
  public static Network open(NetworkSpec spec) {
    return new Nd4jNetwork(spec, null);
  }

  @Override
  public ParameterLayout layout() {
    return parameters.layout();
  }

  @Override
  public FlatVector parameters() {
    return new BufferVector(parameters.values(), layout().length());
  }

  @Override
  public FlatVector optimizerState() {
    return new BufferVector(optimizerState.buffer(), stateLength());
  }

  @Override
  public FlatVector gradient() {
    return new BufferVector(parameters.gradient(), layout().length());
  }

  @Override
  public List<String> optimizerStateNames() {
    return optimizer == null ? List.of() : optimizer.stateNames();
  }

  private List<FloatBuffer> stateVectors() {
    int length = layout().length();
    return IntStream.range(0, optimizer.stateNames().size())
        .mapToObj(vector -> optimizerState.buffer().slice(vector * length, length))
        .toList();
  }

  private int stateLength() {
    return Math.multiplyExact(optimizerStateNames().size(), layout().length());
  }

  @Override
  public void initialize(long seed) {
    Initialization.fill(spec.graph(), layout(), seed, parameters.values());
    optimizerState.clear();
  }

  @Override
  public double computeGradient(FloatBuffer images, int[] labels, int size, long seed) {
    Nd4jRuntime.useThreads(spec.threads());
    steps.forward(images, size, new Step.Mode(true, seed));
    return steps.backward(labels, size);
  }

  @Override
  public void update(double learningRate, long iteration) {
    optimizer.update(
        trained,
        parameters.values(),
        parameters.gradient(),
        stateVectors(),
        learningRate,
        iteration);
  }

  @Override
  public void predict(FloatBuffer images, int size, FloatBuffer probabilities) {
    Nd4jRuntime.useThreads(spec.threads());
    FloatBuffer result = steps.forward(images, size, Step.Mode.INFERENCE);
    probabilities.put(0, result, 0, size * spec.graph().classes());
  }

  @Override
  public void activations(String layer, int size, FloatBuffer into) {
    Tensor tensor = steps.tensor(layer);
    into.put(0, tensor.values(), 0, size * tensor.shape().size());
  }

  @Override
  public void close() {
    steps.close();
    if (ownsParameters) {
      parameters.close();
    }

    optimizerState.close();
  }
}
