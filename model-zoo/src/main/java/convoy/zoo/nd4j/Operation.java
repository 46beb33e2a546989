package convoy.zoo.nd4j;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One ND4J operation. Its arguments are built once for each minibatch size, and there are usually
 * two sizes: a full minibatch and the last one of an epoch.
 */
final class Operation implements AutoCloseable {
  /**
   * The number of sizes whose arguments are kept. If there are more, all arguments are built again.
   */
  private static final int KEPT = 8;

  private final CustomOp operation;
  private final long[] integers;
  private final IntFunction<INDArray[]> inputs;
  private final IntFunction<INDArray[]> outputs;
  private final Map<Integer, OpContext> contexts = new HashMap<>();

  /**
   * @param inputs returns the input arrays for a minibatch of this size
   * @param outputs returns the output arrays for a minibatch of this size
   */
  Operation(
      String name,
      long[] integers,
      IntFunction<INDArray[]> inputs,
      IntFunction<INDArray[]> outputs) {
    this.operation = DynamicCustomOp.builder(name).build();
    this.integers = integers;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  void run(int size) {
    OpContext context = contexts.get(size);
    if (context == null) {
      if (contexts.size() == KEPT) {
        close();
      }

      context = context(size);
      contexts.put(size, context);
    }

    Nd4j.exec(operation, context);
  }

  private OpContext context(int size) {
    OpContext context = Nd4j.getExecutioner().buildContext();
    context.setIArguments(integers);
    INDArray[] in = inputs.apply(size);
    for (int i = 0; i < in.length; i++) {
      context.setInputArray(i, in[i]);
    }

    INDArray[] out = outputs.apply(size);
    for (int i = 0; i < out.length; i++) {
      context.setOutputArray(i, out[i]);
    }

    return context;
  }

  @Override
  public void close() {
    contexts.values().forEach(Operation::close);
    contexts.clear();
  }

  private static void close(OpContext context) {
    try {
      context.close();
    } catch (Exception problem) {
      throw new IllegalStateException("ND4J did not release an operation's arguments", problem);
    }
  }
}
