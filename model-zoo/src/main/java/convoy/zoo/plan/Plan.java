package convoy.zoo.plan;

import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.Precision;
import convoy.zoo.graph.Graph;
import convoy.zoo.loops.Step;
import convoy.zoo.plan.layers.Assembly;
import convoy.zoo.plan.layers.Layouts;
import convoy.zoo.plan.layers.Value;
import convoy.zoo.plan.memory.Capacity;
import convoy.zoo.plan.memory.Instruction;
import convoy.zoo.plan.memory.MemoryPlan;
import convoy.zoo.plan.memory.NativeBlock;
import convoy.zoo.plan.memory.OneDnn;
import convoy.zoo.plan.memory.Operand;
import convoy.zoo.plan.memory.Parameters;
import convoy.zoo.plan.memory.TensorCopy;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.PointerScope;

/**
 * A network compiled for one batch size: the lines to run, and the places where pictures go in and
 * probabilities come out. Smaller minibatches run in it too. The unused places are filled with 0
 * and have no loss.
 */
final class Plan implements AutoCloseable {
  private final int batch;
  private final Graph graph;
  private final Compiler compiler;
  private final List<Instruction> forward;
  private final List<Instruction> backward;
  private final List<Operand> operands;
  private final long bytes;
  // This keeps everything that native code points to from being collected.
  private final PointerScope scope;
  private NativeBlock bound;

  private Plan(
      int batch,
      Graph graph,
      Compiler compiler,
      Assembly assembly,
      int forwardLines,
      PointerScope scope) {
    this.batch = batch;
    this.graph = graph;
    this.compiler = compiler;
    List<Instruction> lines = assembly.instructions();
    this.forward = List.copyOf(lines.subList(0, forwardLines));
    this.backward = List.copyOf(lines.subList(forwardLines, lines.size()));
    this.operands =
        assembly.operands().stream().filter(operand -> operand.region().used()).toList();
    this.bytes = MemoryPlan.place(assembly.regions());
    this.scope = scope;
  }

  /** What a plan is for. */
  enum Purpose {
    TRAINING(true, false),
    INFERENCE(false, false),
    /** Inference that keeps the output of every layer. */
    OBSERVATION(false, true),
    /** Training that keeps the output of every layer. */
    OBSERVED_TRAINING(true, true);

    private final boolean trains;
    private final boolean keeps;

    Purpose(boolean trains, boolean keeps) {
      this.trains = trains;
      this.keeps = keeps;
    }

    boolean trains() {
      return trains;
    }

    boolean keeps() {
      return keeps;
    }
  }

  /** Compiles a plan. It chooses the layouts of parameters that have none yet. */
  static Plan compile(NetworkSpec spec, Purpose purpose, int batch, Parameters parameters) {
    boolean training = purpose.trains();
    Graph graph = training ? spec.graph() : spec.graph().inference();
    PointerScope scope = new PointerScope();
    boolean done = false;
    try {
      Assembly assembly =
          new Assembly(
              batch,
              training,
              type(spec.precision()),
              Layouts.of(spec.graph()),
              parameters,
              new stream(OneDnn.CPU).get());
      Compiler compiler = new Compiler(graph, spec.frozen(), assembly);
      int forwardLines = compiler.compile();
      keepWholly(compiler.value(Graph.INPUT), assembly);
      if (purpose.keeps()) {
        graph.nodes().forEach(node -> keepWholly(compiler.value(node.name()), assembly));
      }

      Plan plan = new Plan(batch, graph, compiler, assembly, forwardLines, scope.extend());
      done = true;
      return plan;
    } catch (RuntimeException problem) {
      // JavaCPP throws a plain RuntimeException for every exception of C++.
      throw problem.getClass() == RuntimeException.class
          ? Capacity.exceeded(
              "%s: oneDNN compiles no minibatches of %d pictures (%s)"
                  .formatted(graph.name(), batch, problem.getMessage()))
          : problem;
    } finally {
      scope.close();
      if (!done) {
        scope.deallocate();
      }
    }
  }

  private static memory.data_type type(Precision precision) {
    return precision == Precision.BFLOAT16 ? OneDnn.BFLOAT16 : OneDnn.FLOAT;
  }

  private static void keepWholly(Value value, Assembly assembly) {
    value.data().region().touch(0);
    value.data().region().touch(assembly.instructions().size());
  }

  int batch() {
    return batch;
  }

  /** Returns the number of bytes of working memory that the plan needs. */
  long bytes() {
    return bytes;
  }

  /** Binds the plan to this memory, which other plans may use between two runs. */
  void bind(NativeBlock memory) {
    if (bound != memory) {
      operands.forEach(operand -> operand.bind(memory.at(operand.region().offset())));
      bound = memory;
    }
  }

  /** Copies {@code size} pictures into the plan and runs the forward pass. */
  void forward(FloatBuffer images, int size, Step.Mode mode) {
    FloatBuffer input = pictures();
    int picture = graph.input().size();
    input.put(0, images, 0, size * picture);
    for (int i = size; i < batch; i++) {
      input.put(i * picture, new float[picture]);
    }

    Instruction.Pass pass = new Instruction.Pass(size, mode, null);
    forward.forEach(line -> line.run(pass));
  }

  /**
   * Returns the sum of the losses at the output. The gradient of the mean loss is then in the
   * parameters' store.
   */
  double backward(int[] labels, int size) {
    Instruction.Pass pass = new Instruction.Pass(size, null, labels);
    backward.forEach(line -> line.run(pass));
    return compiler.output().loss();
  }

  /** Returns the probabilities of the last forward pass, with one row for each picture. */
  FloatBuffer probabilities() {
    return compiler.output().output().data().floats();
  }

  /** Returns the pictures that were copied in, for the whole batch. */
  FloatBuffer pictures() {
    return compiler.value(Graph.INPUT).data().floats();
  }

  /** Reads the output of a layer for {@code size} pictures, if the plan keeps it. */
  void read(String layer, int size, FloatBuffer into) {
    Value value = compiler.value(layer);
    if (value == null) {
      throw new IllegalArgumentException("no layer is called '" + layer + "'");
    }

    long[] dimensions = {
      batch, value.shape().channels(), value.shape().height(), value.shape().width()
    };
    Operand data = value.data();
    new TensorCopy(dimensions, data.layout(), data.handle().get_data_handle())
        .read(0, into.slice(0, size * value.shape().size()));
  }

  /** Returns all lines of the plan as text for people. */
  List<String> lines() {
    return Stream.concat(forward.stream(), backward.stream()).map(Instruction::name).toList();
  }

  @Override
  public void close() {
    scope.close();
  }
}
