package convoy.zoo.plan.memory;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.graph.Graph;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.memory;

/**
 * Parameters, their gradient and the optimizer's state in flat native vectors. Each tensor lies in
 * the layout that its layer's primitive wants; the first plan chooses it, and it never changes. A
 * primitive that wants a different layout, as Winograd's do, reads one of the {@link
 * ParameterCopies}.
 *
 * <p>Plans of several networks may read one store and compile at the same time, once it is
 * allocated and as long as nobody writes.
 */
public final class ParameterStore implements Parameters, AutoCloseable {
  /** The number of floats in a cache line. Every tensor starts at the start of one. */
  private static final long ALIGNMENT = 16;

  private final ParameterLayout named;
  private final boolean training;
  private final Map<String, Stored> tensors = new LinkedHashMap<>();
  private final Map<String, Long> offsets = new LinkedHashMap<>();
  private final ParameterCopies copies = new ParameterCopies(this);
  private final NativeObjects objects = new NativeObjects();
  private long length;
  private long version;
  private NativeBlock values;
  private NativeBlock gradient;
  private NativeBlock state;

  public ParameterStore(Graph graph, boolean training) {
    this.named = ParameterLayout.of(graph);
    this.training = training;
  }

  @Override
  public synchronized Stored tensor(String name, memory.desc wanted, long... dimensions) {
    if (!tensors.containsKey(name)) {
      if (values != null) {
        throw new IllegalStateException(name + " was not in the first plan");
      }

      Stored stored = objects.keep(() -> placed(name, new memory.desc(wanted), dimensions));
      tensors.put(name, stored);
      offsets.put(name, length);
      length += (stored.length() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    return tensors.get(name);
  }

  private Stored placed(String name, memory.desc layout, long... dimensions) {
    Operand gradients = training ? new Operand(layout, null) : null;
    return new Stored(name, dimensions, new Operand(layout, null), gradients);
  }

  @Override
  public synchronized Stored known(String name) {
    return tensors.get(name);
  }

  @Override
  public synchronized Operand converted(String name, memory.desc layout) {
    return copies.of(name, layout);
  }

  @Override
  public synchronized void refresh() {
    copies.refresh();
  }

  /**
   * Returns how many bytes {@link #allocate} will take. It may be called after the first plan.
   *
   * @param parts whether gradients of parts of a minibatch are added up, which takes more memory
   */
  public long bytesOfAll(int stateVectors, boolean parts) {
    Capacity.requireBuffer(bytes());
    return (1 + (training ? 1 : 0) + stateVectors + (parts ? 1 : 0)) * bytes();
  }

  /** Allocates memory for everything and sets it to zero. It may be called after the first plan. */
  public void allocate(int stateVectors) {
    values = NativeBlock.zeros(bytes());
    gradient = training ? NativeBlock.zeros(bytes()) : null;
    state = NativeBlock.zeros(stateVectors * bytes());
    for (Stored tensor : tensors.values()) {
      tensor.values().bind(values.at(offset(tensor.name(), 0)));
      if (training) {
        tensor.gradient().bind(gradient.at(offset(tensor.name(), 0)));
      }
    }
  }

  /** Returns the place of a tensor in bytes, in one of the vectors of a block. */
  private long offset(String name, int vector) {
    return (vector * length + offsets.get(name)) * Float.BYTES;
  }

  private long bytes() {
    return length * Float.BYTES;
  }

  /** Returns the layout of the tensors as callers see them. */
  public ParameterLayout named() {
    return named;
  }

  /**
   * Returns where the tensors lie in the flat vectors. Rules that work on one value at a time use
   * it.
   */
  public ParameterLayout flat() {
    return new ParameterLayout(
        named.tensors().stream()
            .map(
                tensor ->
                    new ParameterLayout.Tensor(
                        tensor.name(),
                        List.of(Math.toIntExact(tensors.get(tensor.name()).length())),
                        tensor.kind(),
                        Math.toIntExact(offsets.get(tensor.name()))))
            .toList());
  }

  /** Returns a number that grows with every change of the parameters. */
  long version() {
    return version;
  }

  /** Records that the parameters have changed. */
  public void changed() {
    version++;
  }

  public NativeBlock values() {
    return values;
  }

  public NativeBlock gradient() {
    return gradient;
  }

  /** Returns the state vectors, which lie one after another. */
  public NativeBlock state() {
    return state;
  }

  /** Returns the vectors of a block as callers see them: one after another, each in its layout. */
  public FlatVector vector(NativeBlock block, int vectors) {
    List<TensorCopy> ways = new ArrayList<>();
    for (int i = 0; i < vectors; i++) {
      for (ParameterLayout.Tensor tensor : named.tensors()) {
        ways.add(copy(tensor.name(), block, i));
      }
    }

    return new NamedVector(named, ways, block == values ? this::changed : () -> {});
  }

  /** Returns a copier that reads and writes one tensor in one of the vectors of a block. */
  private TensorCopy copy(String name, NativeBlock block, int vector) {
    Stored tensor = tensors.get(name);
    return new TensorCopy(
        tensor.dimensions(), tensor.values().layout(), block.at(offset(name, vector)));
  }

  public FloatBuffer floats(NativeBlock block) {
    return block.floats(0, block.bytes() / Float.BYTES);
  }

  /** Returns the vectors that lie one after another in a block. */
  public List<FloatBuffer> vectors(NativeBlock block, int count) {
    return IntStream.range(0, count)
        .mapToObj(vector -> block.floats(vector * bytes(), length))
        .toList();
  }

  @Override
  public void close() {
    copies.close();
    objects.close();
    for (NativeBlock block : new NativeBlock[] {values, gradient, state}) {
      if (block != null) {
        block.close();
      }
    }
  }
}
