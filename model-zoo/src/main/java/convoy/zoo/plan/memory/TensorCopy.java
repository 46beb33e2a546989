package convoy.zoo.plan.memory;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;

import java.nio.FloatBuffer;
import java.util.Map;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/** Copies a stored tensor to and from C order, some rows of its first dimension at a time. */
public final class TensorCopy {
  /**
   * The number of rows to copy at a time. Blocks of every layout end there: blocks of 8, 16, 24
   * (AVX2's products), 32, 48 and 64 rows.
   */
  private static final int ROWS = 192;

  private static final int SLAB_FLOATS = 1 << 20;

  private final long[] dimensions;
  private final memory.desc layout;
  private final Pointer place;
  private final int rowFloats;
  private final int slabRows;

  /**
   * @param dimensions of the tensor, in C order
   * @param layout that the tensor has at {@code place}
   */
  public TensorCopy(long[] dimensions, memory.desc layout, Pointer place) {
    this.dimensions = dimensions.clone();
    this.layout = layout;
    this.place = place;
    long size = 1;
    for (long dimension : dimensions) {
      size *= dimension;
    }

    this.rowFloats = Math.toIntExact(size / dimensions[0]);
    long wanted = Math.max(1, SLAB_FLOATS / ((long) ROWS * rowFloats)) * ROWS;
    this.slabRows = Math.toIntExact(Math.min(dimensions[0], wanted));
  }

  /** Reads the values that start at {@code at}. */
  public void read(int at, FloatBuffer into) {
    slabs(at, into, false);
  }

  /** Writes the values that start at {@code at}. */
  void write(int at, FloatBuffer from) {
    slabs(at, from, true);
  }

  private void slabs(int at, FloatBuffer values, boolean write) {
    int end = at + values.remaining();
    int slabFloats = Math.multiplyExact(slabRows, rowFloats);
    int rows = Math.toIntExact(dimensions[0]);
    try (NativeBlock staging = NativeBlock.allocate((long) slabFloats * Float.BYTES)) {
      for (int row = at / slabFloats * slabRows; (long) row * rowFloats < end; row += slabRows) {
        int count = Math.min(slabRows, rows - row);
        int start = row * rowFloats;
        int first = Math.max(at, start);
        int last = Math.min(end, start + count * rowFloats);
        FloatBuffer slab = staging.floats(0, (long) count * rowFloats);
        boolean whole = last - first == count * rowFloats;
        if (!write || !whole) {
          move(row, count, staging, false);
        }

        if (write) {
          slab.put(first - start, values, values.position() + first - at, last - first);
          move(row, count, staging, true);
        } else {
          values.put(values.position() + first - at, slab, first - start, last - first);
        }
      }
    }
  }

  /** Copies rows between their place and the staging memory, where they lie in C order. */
  private void move(int row, int count, NativeBlock staging, boolean write) {
    PointerScope scope = new PointerScope();
    try {
      long[] part = dimensions.clone();
      part[0] = count;
      long[] offsets = new long[part.length];
      offsets[0] = row;
      Operand stored = new Operand(layout.submemory_desc(part, offsets, false), null);
      stored.bind(place);
      Operand plain = new Operand(OneDnn.plain(part), null);
      plain.bind(staging.at(0));
      Operand from = write ? plain : stored;
      Operand to = write ? stored : plain;
      reorder.primitive_desc description =
          new reorder.primitive_desc(
              OneDnn.CPU, from.layout(), OneDnn.CPU, to.layout(), new primitive_attr(), false);
      new PrimitiveCall(
              "copy of a tensor",
              new reorder(description),
              new stream(OneDnn.CPU).get(),
              Map.of(DNNL_ARG_FROM, from, DNNL_ARG_TO, to))
          .run(null);
    } finally {
      scope.close();
    }
  }
}
