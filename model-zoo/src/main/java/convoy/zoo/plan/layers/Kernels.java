package convoy.zoo.plan.layers;

import convoy.zoo.plan.memory.Operand;
import org.bytedeco.dnnl.memory;

/**
 * Says where the weights of a convolution or a dense layer come from and where their gradient goes.
 */
public interface Kernels {
  /** Returns the layout if it is already fixed, or null. */
  memory.desc layout();

  /**
   * Returns the weights in this layout. If they are stored in a different one, this is a copy.
   *
   * @param home the layout in which they are stored if none is fixed yet
   */
  Operand values(Assembly assembly, memory.desc wanted, memory.desc home);

  /**
   * Returns the layout in which a gradient needs no copy to its place. If every layout needs one,
   * the primitive may choose.
   */
  memory.desc gradientLayout();

  /** Returns memory into which a primitive may write the gradient in this layout. */
  Operand gradient(Assembly assembly, memory.desc layout);

  /** Moves the gradient to its place after the primitive has written it. */
  void gradientWritten(Assembly assembly, Operand gradient);
}
