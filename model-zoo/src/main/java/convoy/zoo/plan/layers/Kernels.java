package convoy.zoo.plan.layers;

import convoy.zoo.plan.memory.Operand;
import org.bytedeco.dnnl.memory;

/** Where the weights of a convolution or a dense layer come from and where their gradient goes. */
public interface Kernels {
  /** The layout that is fixed already, else null. */
  memory.desc layout();

  /**
   * The weights in this layout or, where another is fixed, a copy in it.
   *
   * @param home the layout to store them in where none is fixed
   */
  Operand values(Assembly assembly, memory.desc wanted, memory.desc home);

  /** Where a gradient needs no copy to its place; any where it does in every layout. */
  memory.desc gradientLayout();

  /** Where a primitive may write the gradient in this layout. */
  Operand gradient(Assembly assembly, memory.desc layout);

  /** After the primitive has: takes the gradient to its place. */
  void gradientWritten(Assembly assembly, Operand gradient);
}
