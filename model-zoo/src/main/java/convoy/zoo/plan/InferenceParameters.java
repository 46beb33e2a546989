package convoy.zoo.plan;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;

/**
 * A training network's parameters as inference lays them out, so that it predicts with the same
 * floats as a network opened for inference. Tensors whose layout differs are copies, made anew when
 * the parameters have changed.
 */
final class InferenceParameters implements Parameters, AutoCloseable {
  private final ParameterStore store;
  private final Map<String, Stored> tensors = new LinkedHashMap<>();
  private final List<Instruction> copies = new ArrayList<>();
  private final List<NativeBlock> blocks = new ArrayList<>();
  private long version = -1;

  InferenceParameters(ParameterStore store) {
    this.store = store;
  }

  @Override
  public Stored known(String name) {
    return tensors.get(name);
  }

  @Override
  public Stored tensor(String name, memory.desc wanted, long... dimensions) {
    if (!tensors.containsKey(name)) {
      tensors.put(name, place(store.known(name), wanted));
    }

    return tensors.get(name);
  }

  private Stored place(Stored stored, memory.desc wanted) {
    if (stored.values().hasLayout(wanted)) {
      return new Stored(stored.name(), stored.dimensions(), stored.values(), null);
    }

    NativeBlock block = NativeBlock.zeros(wanted.get_size());
    blocks.add(block);
    Operand copy = new Operand(wanted, null);
    copy.bind(block.at(0));
    reorder.primitive_desc description =
        new reorder.primitive_desc(
            OneDnn.CPU, stored.values().layout(), OneDnn.CPU, wanted, new primitive_attr(), false);
    PrimitiveCall call =
        new PrimitiveCall(
            stored.name() + " for inference",
            new reorder(description),
            new stream(OneDnn.CPU).get(),
            Map.of(DNNL_ARG_FROM, stored.values(), DNNL_ARG_TO, copy));
    copies.add(call);
    version = -1;
    return new Stored(stored.name(), stored.dimensions(), copy, null);
  }

  /** Makes the copies again where the parameters have changed since. */
  void refresh() {
    if (version != store.version()) {
      copies.forEach(copy -> copy.run(null));
      version = store.version();
    }
  }

  @Override
  public void close() {
    blocks.forEach(NativeBlock::close);
  }
}
