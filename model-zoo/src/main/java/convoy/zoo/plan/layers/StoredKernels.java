package convoy.zoo.plan.layers;

import convoy.zoo.plan.memory.Operand;
import convoy.zoo.plan.memory.Parameters;
import org.bytedeco.dnnl.memory;

/** Weights that are used as the parameter is stored. */
public final class StoredKernels implements Kernels {
  private final String name;
  private final Parameters parameters;
  private final boolean converted;
  private final long[] dimensions;
  private Operand turned;

  /**
   * @param converted whether primitives read them in a different type than the stored one
   */
  public StoredKernels(String name, Parameters parameters, boolean converted, long... dimensions) {
    this.name = name;
    this.parameters = parameters;
    this.converted = converted;
    this.dimensions = dimensions;
  }

  @Override
  public memory.desc layout() {
    Parameters.Stored known = parameters.known(name);
    // Inference keeps a copy in whatever layout is best. Training would have to convert it in every
    // step.
    return known == null || known.gradient() == null || converted ? null : known.values().layout();
  }

  @Override
  public Operand values(Assembly assembly, memory.desc wanted, memory.desc home) {
    Operand stored = parameters.tensor(name, home, dimensions).values();
    if (!assembly.training()) {
      return parameters.converted(name, wanted);
    }

    // Both passes may want the same layout, and the parameters don't change between them.
    if (turned == null || !turned.hasLayout(wanted)) {
      turned = assembly.reordered(name, stored, wanted);
    }

    return turned;
  }

  @Override
  public memory.desc gradientLayout() {
    return parameters.known(name).gradient().layout();
  }

  @Override
  public Operand gradient(Assembly assembly, memory.desc layout) {
    Operand stored = parameters.known(name).gradient();
    return stored.hasLayout(layout) ? stored : assembly.operand(layout);
  }

  @Override
  public void gradientWritten(Assembly assembly, Operand gradient) {
    Operand stored = parameters.known(name).gradient();
    if (gradient != stored) {
      assembly.reorder(name + " gradient", gradient, stored);
    }
  }
}
