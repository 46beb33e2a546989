package convoy.zoo.plan;

import org.bytedeco.dnnl.memory;

/** Weights that are a parameter as it is stored. */
final class StoredKernels implements Kernels {
  private final String name;
  private final Parameters parameters;
  private final long[] dimensions;

  StoredKernels(String name, Parameters parameters, long... dimensions) {
    this.name = name;
    this.parameters = parameters;
    this.dimensions = dimensions;
  }

  @Override
  public memory.desc layout() {
    Parameters.Stored known = parameters.known(name);
    return known == null ? null : known.values().layout();
  }

  @Override
  public Operand values(Assembly plan, memory.desc wanted) {
    Operand stored = parameters.tensor(name, wanted, dimensions).values();
    return plan.reordered(name, stored, wanted);
  }

  @Override
  public Operand gradient(Assembly plan, memory.desc layout) {
    Operand stored = parameters.known(name).gradient();
    return stored.hasLayout(layout) ? stored : plan.operand(layout);
  }

  @Override
  public void gradientWritten(Assembly plan, Operand gradient) {
    Operand stored = parameters.known(name).gradient();
    if (gradient != stored) {
      plan.reorder(name + " gradient", gradient, stored);
    }
  }
}
