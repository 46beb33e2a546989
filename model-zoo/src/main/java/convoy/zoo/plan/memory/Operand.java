package convoy.zoo.plan.memory;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/** What a step reads or writes: a layout, and a place that is known after memory is bound. */
public final class Operand {
  private final memory.desc layout;
  private final memory handle;
  private final MemoryRegion region;
  private volatile FloatBuffer floats; // Networks that share weights read it from several threads.

  /**
   * @param region null if the plan does not own the place, as for a parameter
   */
  public Operand(memory.desc layout, MemoryRegion region) {
    this.layout = layout;
    this.handle = new memory(layout, OneDnn.CPU, new Pointer((Pointer) null));
    this.region = region;
  }

  public memory.desc layout() {
    return layout;
  }

  public memory handle() {
    return handle;
  }

  public MemoryRegion region() {
    return region;
  }

  public boolean hasLayout(memory.desc other) {
    return layout.equals(other);
  }

  public void bind(Pointer place) {
    handle.set_data_handle(place);
    floats = null;
  }

  /** Returns all floats at this place in the order of the layout, including padding. */
  public FloatBuffer floats() {
    FloatBuffer known = floats;
    if (known == null) {
      known = OneDnn.bytes(handle.get_data_handle(), layout.get_size()).asFloatBuffer();
      floats = known;
    }

    return known;
  }
}
