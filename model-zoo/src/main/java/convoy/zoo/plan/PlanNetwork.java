package convoy.zoo.plan;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Initialization;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.engine.Precision;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Parameter;
import convoy.zoo.loops.Step;
import convoy.zoo.optimizer.Optimizer;
import convoy.zoo.optimizer.Optimizers;
import convoy.zoo.plan.memory.Capacity;
import convoy.zoo.plan.memory.GradientSum;
import convoy.zoo.plan.memory.NativeBlock;
import convoy.zoo.plan.memory.OneDnn;
import convoy.zoo.plan.memory.ParameterStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * A network that runs compiled plans of oneDNN primitives on the thread that {@link EngineThread}
 * chooses.
 */
public final class PlanNetwork implements Network {
  private final Graph graph;
  private final Optimizer optimizer;
  private final EngineThread thread;
  private final ParameterStore store;
  private final boolean ownsStore;
  private final Plans plans;
  private final int microBatch;
  private final GradientSum sum;
  private final List<ParameterLayout.Tensor> trained;

  /**
   * @param shared parameters that the network reads but does not close, or null if it has its own
   */
  PlanNetwork(NetworkSpec spec, Plan.Purpose purpose, ParameterStore shared) {
    boolean training = purpose.trains();
    this.graph = training ? spec.graph() : spec.graph().inference();
    this.optimizer = training ? Optimizers.of(spec.optimizer(), spec.threads()) : null;
    this.thread = new EngineThread("convoy-" + graph.name(), spec.threads());
    this.ownsStore = shared == null;
    this.store = ownsStore ? new ParameterStore(graph, training) : shared;
    this.plans = new Plans(spec, purpose, store);
    this.microBatch = spec.microBatch();
    this.sum = new GradientSum(store);
    try {
      thread.run(
          () -> {
            long working = plans.main().bytes();
            int states = optimizerStateNames().size();
            boolean parts = training && microBatch < spec.maxBatch();
            long stored = ownsStore ? store.bytesOfAll(states, parts) : 0;
            Capacity.require(graph.name(), working + stored);
            if (ownsStore) {
              store.allocate(states);
            }
          });
    } catch (RuntimeException | Error problem) {
      close();
      throw problem;
    }

    this.trained = store.flat().trained(spec.frozen());
  }

  /** Returns whether oneDNN has compiled products of this precision for this CPU. */
  public static boolean computes(Precision precision) {
    return precision == Precision.FLOAT32 || OneDnn.hasBfloat16();
  }

  /** Opens a network. Its parameters are zero until they are initialized or written. */
  public static Network open(NetworkSpec spec) {
    return new PlanNetwork(
        spec, spec.optimizer() == null ? Plan.Purpose.INFERENCE : Plan.Purpose.TRAINING, null);
  }

  /**
   * Opens a training network whose {@link #activations} are those of the last gradient, including
   * auxiliary heads.
   */
  static Network openObserved(NetworkSpec spec) {
    return new PlanNetwork(spec, Plan.Purpose.OBSERVED_TRAINING, null);
  }

  @Override
  public ParameterLayout layout() {
    return store.named();
  }

  @Override
  public FlatVector parameters() {
    return vector(store.values(), 1);
  }

  @Override
  public FlatVector optimizerState() {
    return vector(store.state(), optimizerStateNames().size());
  }

  @Override
  public FlatVector gradient() {
    return vector(store.gradient(), 1);
  }

  private FlatVector vector(NativeBlock block, int vectors) {
    return new ThreadVector(thread, store.vector(block, vectors));
  }

  @Override
  public List<String> optimizerStateNames() {
    return optimizer == null ? List.of() : optimizer.stateNames();
  }

  @Override
  public void initialize(long seed) {
    FlatVector parameters = parameters();
    int offset = 0;
    int largest = graph.parameters().stream().mapToInt(Parameter::size).max().orElse(0);
    // The buffer stays until the garbage collector runs, so it must not be as large as any tensor.
    FloatBuffer part =
        ByteBuffer.allocateDirect(Math.min(Initialization.PART, largest) * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (Parameter parameter : graph.parameters()) {
      for (int from = 0; from < parameter.size(); from += Initialization.PART) {
        FloatBuffer values = part.slice(0, Math.min(Initialization.PART, parameter.size() - from));
        Initialization.fill(parameter, seed, from, values);
        parameters.write(offset + from, values);
      }

      offset += parameter.size();
    }

    run(() -> store.state().clear());
  }

  @Override
  public double computeGradient(FloatBuffer images, int[] labels, int size, long seed) {
    return call(
        () -> {
          double loss = 0;
          for (int from = 0; from < size; from += microBatch) {
            int count = Math.min(microBatch, size - from);
            int[] part = Arrays.copyOfRange(labels, from, from + count);
            loss += part(pictures(images, from, count), part, count, seed + from);
            if (count < size) {
              sum.add((double) count / size, from == 0, from + count == size);
            }
          }

          store.changed(); // Batch normalization has moved its running statistics.
          return loss;
        });
  }

  /** Leaves the gradient of the part's mean loss in the store. */
  private double part(FloatBuffer images, int[] labels, int size, long seed) {
    Plan plan = plans.training(size);
    plan.forward(images, size, new Step.Mode(true, seed));
    return plan.backward(labels, size);
  }

  private FloatBuffer pictures(FloatBuffer images, int from, int count) {
    int picture = graph.input().size();
    return images.slice(from * picture, count * picture);
  }

  @Override
  public void update(double learningRate, long iteration) {
    run(
        () -> {
          optimizer.update(
              trained,
              store.floats(store.values()),
              store.floats(store.gradient()),
              store.vectors(store.state(), optimizer.stateNames().size()),
              learningRate,
              iteration);
          store.changed();
        });
  }

  @Override
  public void predict(FloatBuffer images, int size, FloatBuffer probabilities) {
    run(
        () -> {
          for (int from = 0; from < size; from += microBatch) {
            int count = Math.min(microBatch, size - from);
            Plan plan = plans.inference(count);
            plan.forward(pictures(images, from, count), count, Step.Mode.INFERENCE);
            probabilities.put(
                from * graph.classes(), plan.probabilities(), 0, count * graph.classes());
          }
        });
  }

  @Override
  public void activations(String layer, int size, FloatBuffer into) {
    if (size > microBatch) {
      throw new IllegalArgumentException(
          "only the last " + microBatch + " of " + size + " pictures can be inspected");
    }

    run(() -> plans.observe(layer, size, into));
  }

  /** Returns the lines of the plan for which the network was opened, as text for people. */
  public List<String> lines() {
    return call(() -> plans.main().lines());
  }

  private void run(Runnable work) {
    thread.run(work);
  }

  private <T> T call(Supplier<T> work) {
    return thread.call(work);
  }

  @Override
  public void close() {
    run(
        () -> {
          plans.close();
          sum.close();
          if (ownsStore) {
            store.close();
          }
        });
    thread.close();
  }
}
