package convoy.zoo.plan.memory;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;

/**
 * Stored tensors in other layouts or a shorter type. They are kept between two runs of a plan, and
 * made again after the parameters have changed.
 */
final class ParameterCopies implements AutoCloseable {
  private final ParameterStore store;
  private final List<Copy> copies = new ArrayList<>();
  private final List<NativeBlock> blocks = new ArrayList<>();
  private final NativeObjects objects = new NativeObjects();

  /** One copy with the version of the parameters from which it was made. */
  private static final class Copy {
    private final String name;
    private final Operand values;
    private final PrimitiveCall call;
    private final Operand scratchpad;
    private long version = -1;

    /**
     * @param scratchpad null if making the copy needs none
     */
    Copy(String name, Operand values, PrimitiveCall call, Operand scratchpad) {
      this.name = name;
      this.values = values;
      this.call = call;
      this.scratchpad = scratchpad;
    }

    long scratchpadBytes() {
      return scratchpad == null ? 0 : scratchpad.layout().get_size();
    }
  }

  ParameterCopies(ParameterStore store) {
    this.store = store;
  }

  /** Returns a stored tensor's values in this layout. */
  Operand of(String name, memory.desc layout) {
    Parameters.Stored stored = store.known(name);
    if (stored.values().hasLayout(layout)) {
      return stored.values();
    }

    return copies.stream()
        .filter(copy -> copy.name.equals(name) && copy.values.hasLayout(layout))
        .map(copy -> copy.values)
        .findFirst()
        .orElseGet(() -> objects.keep(() -> make(stored, new memory.desc(layout))));
  }

  private Operand make(Parameters.Stored stored, memory.desc layout) {
    reorder.primitive_desc description = reorder(stored.values(), layout);
    Operand from = stored.values();
    if (!description.asBoolean()) {
      // Layouts that only one primitive knows can only be made from C order.
      from = of(stored.name(), OneDnn.plain(stored.dimensions()));
      description = reorder(from, layout);
    }

    NativeBlock block = NativeBlock.zeros(layout.get_size());
    blocks.add(block);
    Operand to = new Operand(layout, null);
    to.bind(block.at(0));
    Map<Integer, Operand> arguments = new HashMap<>(Map.of(DNNL_ARG_FROM, from, DNNL_ARG_TO, to));
    memory.desc scratch = description.scratchpad_desc();
    Operand scratchpad = scratch.get_size() == 0 ? null : new Operand(scratch, null);
    if (scratchpad != null) {
      arguments.put(DNNL_ARG_SCRATCHPAD, scratchpad);
    }

    PrimitiveCall call =
        new PrimitiveCall(
            stored.name() + " copy",
            new reorder(description),
            new stream(OneDnn.CPU).get(),
            arguments);
    copies.add(new Copy(stored.name(), to, call, scratchpad));
    return to;
  }

  private static reorder.primitive_desc reorder(Operand from, memory.desc to) {
    return new reorder.primitive_desc(
        OneDnn.CPU, from.layout(), OneDnn.CPU, to, OneDnn.attributes(), true);
  }

  /**
   * Makes new copies, and makes all copies again if the parameters have changed since. It does not
   * touch the others, because another network may be reading them.
   */
  void refresh() {
    List<Copy> stale = copies.stream().filter(copy -> copy.version != store.version()).toList();
    if (stale.isEmpty()) {
      return;
    }

    // All copies use one scratchpad in turn. It is freed before a plan takes its working memory;
    // one that oneDNN allocates would stay.
    long bytes = stale.stream().mapToLong(Copy::scratchpadBytes).max().orElse(0);
    try (NativeBlock scratchpad = NativeBlock.allocate(bytes)) {
      for (Copy copy : stale) {
        if (copy.scratchpad != null) {
          copy.scratchpad.bind(scratchpad.at(0));
        }

        copy.call.run(null);
        copy.version = store.version();
      }
    }
  }

  @Override
  public void close() {
    objects.close();
    blocks.forEach(NativeBlock::close);
  }
}
