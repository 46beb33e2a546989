package convoy.benchmarks;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import convoy.zoo.engine.Precision;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;

/**
 * Multiplies two square matrices by oneDNN in the workload's precision, which shows what the
 * machine can compute.
 */
final class ProductCandidate implements Candidate {
  private static final int SIDE = 2048;

  /** Two or four of these bytes form an ordinary number. */
  private static final int BYTE = 0x3f;

  /** The operations of one iteration. */
  static final double OPERATIONS = 2.0 * SIDE * SIDE * SIDE;

  private final engine cpu = new engine(engine.kind.cpu, 0);
  private final stream queue = new stream(cpu);
  private final matmul product;
  private final IntMemoryMap matrices = new IntMemoryMap();
  private final List<memory> held = new ArrayList<>();

  ProductCandidate(Precision precision) {
    memory.data_type type =
        precision == Precision.BFLOAT16 ? memory.data_type.bf16 : memory.data_type.f32;
    matmul.primitive_desc description =
        new matmul.primitive_desc(
            cpu,
            matrix(type, memory.format_tag.ab),
            matrix(type, memory.format_tag.any), // Layers use this format, too.
            matrix(type, memory.format_tag.ab));
    this.product = new matmul(description);
    matrices.put(DNNL_ARG_SRC, filled(description.src_desc()));
    matrices.put(DNNL_ARG_WEIGHTS, filled(description.weights_desc()));
    matrices.put(DNNL_ARG_DST, filled(description.dst_desc()));
  }

  private static memory.desc matrix(memory.data_type type, memory.format_tag format) {
    return new memory.desc(new long[] {SIDE, SIDE}, type, format);
  }

  private memory filled(memory.desc layout) {
    memory matrix = new memory(layout, cpu);
    held.add(matrix);
    Pointer.memset(matrix.get_data_handle(), BYTE, layout.get_size());
    return matrix;
  }

  @Override
  public double iterate() {
    product.execute(queue, matrices);
    queue._wait();
    return 0;
  }

  @Override
  public void close() {
    matrices.close();
    held.forEach(memory::close);
    product.close();
    queue.close();
    cpu.close();
  }
}
