package convoy.zoo.plan.memory;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.dnnl.memory;

/**
 * Presents the parameters of a training network in the layouts that inference chooses. So the
 * network predicts with the same floats as a network opened for inference. Tensors whose layout
 * differs are copied.
 */
public final class InferenceParameters implements Parameters, AutoCloseable {
  private final ParameterStore store;
  private final ParameterCopies copies;
  private final Map<String, Stored> tensors = new LinkedHashMap<>();

  public InferenceParameters(ParameterStore store) {
    this.store = store;
    this.copies = new ParameterCopies(store);
  }

  @Override
  public Stored known(String name) {
    return tensors.get(name);
  }

  @Override
  public Stored tensor(String name, memory.desc wanted, long... dimensions) {
    if (!tensors.containsKey(name)) {
      Stored stored = store.known(name);
      tensors.put(name, new Stored(name, stored.dimensions(), copies.of(name, wanted), null));
    }

    return tensors.get(name);
  }

  @Override
  public Operand converted(String name, memory.desc layout) {
    return copies.of(name, layout);
  }

  @Override
  public void refresh() {
    copies.refresh();
  }

  @Override
  public void close() {
    copies.close();
  }
}
