package convoy.zoo.plan;

import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.memory;

/**
 * Branches side by side along the channels. A branch that wrote its part in place costs nothing;
 * the others are copied.
 */
final class ConcatenationLayer implements PlanLayer {
  private final List<Value> branches;
  private final Value output;
  private Operand whole;
  private boolean rectifiedAsOne;

  ConcatenationLayer(List<Value> branches, Value output) {
    this.branches = branches;
    this.output = output;
  }

  /**
   * Where a branch should write.
   *
   * @param branch number, from 0
   */
  Operand part(Assembly plan, int branch) {
    if (whole == null) {
      whole = plan.operand(layout(plan));
    }

    return plan.view(part(plan, whole.layout(), branch), whole);
  }

  /** The first layout of which every branch is a whole part. */
  private memory.desc layout(Assembly plan) {
    for (memory.format_tag format : plan.formats()) {
      memory.desc layout = OneDnn.layout(format, plan.dimensions(output));
      if (IntStream.range(0, branches.size())
          .allMatch(branch -> part(plan, layout, branch).asBoolean())) {
        return layout;
      }
    }

    return OneDnn.plain(plan.dimensions(output));
  }

  private memory.desc part(Assembly plan, memory.desc layout, int branch) {
    long before = branches.stream().limit(branch).mapToInt(value -> value.shape().channels()).sum();
    return layout.submemory_desc(
        plan.dimensions(branches.get(branch)), new long[] {0, before, 0, 0}, true);
  }

  @Override
  public void forward(Assembly plan) {
    rectifiedAsOne = true;
    for (int branch = 0; branch < branches.size(); branch++) {
      Value value = branches.get(branch);
      Operand part = part(plan, branch);
      if (value.data().region() != whole.region()) {
        plan.reorder(value.name() + " part", value.data(), part);
        rectifiedAsOne = false;
      }

      rectifiedAsOne &= value.rectified();
    }

    output.data(whole);
    output.rectified(plan.training() && rectifiedAsOne);
  }

  @Override
  public void backward(Assembly plan) {
    Operand gradient = plan.gradient(output);
    for (int branch = 0; branch < branches.size(); branch++) {
      Value value = branches.get(branch);
      if (!value.differentiable()) {
        continue;
      }

      Operand part = plan.view(part(plan, whole.layout(), branch), gradient);
      if (rectifiedAsOne) {
        value.rectified(false);
      }

      plan.contribute(value, part);
    }
  }
}
