package convoy.zoo.plan.layers;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MULTIPLE_SRC;

import convoy.zoo.plan.memory.OneDnn;
import convoy.zoo.plan.memory.Operand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.concat;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory_desc_vector;

/**
 * Joins branches along the channels by copying them. The convolutions could not write into a part
 * of a larger tensor if they use Winograd's algorithm or 1 x 1 kernels, and those gain more time
 * than the copies cost.
 */
public final class ConcatenationLayer implements PlanLayer {
  private static final int CHANNELS = 1;

  private final List<Value> branches;
  private final Value output;
  private memory.format_tag format;

  public ConcatenationLayer(List<Value> branches, Value output) {
    this.branches = branches;
    this.output = output;
  }

  @Override
  public void forward(Assembly assembly) {
    format = format(assembly);
    memory.desc whole = layout(assembly, output);
    memory_desc_vector layouts = new memory_desc_vector(branches.size());
    Map<Integer, Operand> arguments = new LinkedHashMap<>();
    for (int branch = 0; branch < branches.size(); branch++) {
      Value value = branches.get(branch);
      Operand data =
          assembly.reordered(value.name() + " part", value.data(), layout(assembly, value));
      layouts.put(branch, data.layout());
      arguments.put(DNNL_ARG_MULTIPLE_SRC + branch, data);
    }

    output.data(assembly.operand(whole));
    arguments.put(DNNL_ARG_DST, output.data());
    concat.primitive_desc description =
        new concat.primitive_desc(OneDnn.CPU, whole, CHANNELS, layouts, OneDnn.attributes());
    assembly.call(output.name(), new concat(description), description, arguments);
  }

  /**
   * Returns the format that most branches already have, among the formats in which every branch is
   * a contiguous part. If several are equal, the most promising one wins. Which blocks a
   * convolution writes depends on the CPU.
   */
  private memory.format_tag format(Assembly assembly) {
    memory.format_tag best = OneDnn.PLAIN;
    long most = -1;
    for (memory.format_tag candidate : assembly.formats()) {
      long fitting = branches.stream().filter(value -> has(assembly, value, candidate)).count();
      if (fitting > most && everyBranchIsAWholePart(assembly, candidate)) {
        best = candidate;
        most = fitting;
      }
    }

    return best;
  }

  private boolean everyBranchIsAWholePart(Assembly assembly, memory.format_tag candidate) {
    memory.desc whole = OneDnn.layout(assembly.type(), candidate, assembly.dimensions(output));
    return IntStream.range(0, branches.size())
        .allMatch(branch -> part(assembly, whole, branch).asBoolean());
  }

  private static boolean has(Assembly assembly, Value value, memory.format_tag candidate) {
    return value
        .data()
        .hasLayout(OneDnn.layout(assembly.type(), candidate, assembly.dimensions(value)));
  }

  private memory.desc layout(Assembly assembly, Value value) {
    return OneDnn.layout(assembly.type(), format, assembly.dimensions(value));
  }

  private memory.desc part(Assembly assembly, memory.desc whole, int branch) {
    long before = branches.stream().limit(branch).mapToInt(value -> value.shape().channels()).sum();
    return whole.submemory_desc(
        assembly.dimensions(branches.get(branch)), new long[] {0, before, 0, 0}, true);
  }

  @Override
  public void backward(Assembly assembly) {
    Operand gradient = assembly.gradients().owned(output);
    for (int branch = 0; branch < branches.size(); branch++) {
      Value value = branches.get(branch);
      if (value.differentiable()) {
        Operand part = assembly.view(part(assembly, gradient.layout(), branch), gradient);
        assembly.gradients().contribute(value, part);
      }
    }
  }
}
