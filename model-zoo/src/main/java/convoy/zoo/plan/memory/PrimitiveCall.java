package convoy.zoo.plan.memory;

import java.util.Map;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.primitive;

/** A primitive with its arguments, built once. A call allocates nothing. */
public final class PrimitiveCall implements Instruction {
  private final String name;
  private final dnnl_primitive primitive;
  private final dnnl_stream stream;
  private final dnnl_exec_arg_t arguments;
  private final int count;

  public PrimitiveCall(
      String name, primitive computation, dnnl_stream stream, Map<Integer, Operand> operands) {
    this.name = name;
    this.primitive = computation.get();
    this.stream = stream;
    this.count = operands.size();
    this.arguments = new dnnl_exec_arg_t(count);
    int position = 0;
    for (Map.Entry<Integer, Operand> operand : operands.entrySet()) {
      arguments
          .position(position++)
          .arg(operand.getKey())
          .memory(operand.getValue().handle().get());
    }

    arguments.position(0);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void run(Pass pass) {
    OneDnn.check(dnnl.dnnl_primitive_execute(primitive, stream, count, arguments), name);
  }
}
