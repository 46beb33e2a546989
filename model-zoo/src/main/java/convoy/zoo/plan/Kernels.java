package convoy.zoo.plan;

import org.bytedeco.dnnl.memory;

/** Where a convolution's weights come from and where their gradient goes. */
interface Kernels {
  /** The layout that is fixed already, else null. */
  memory.desc layout();

  /** The weights in this layout or, where another is fixed, a copy in it. */
  Operand values(Assembly plan, memory.desc wanted);

  /** Where a primitive may write the gradient in this layout. */
  Operand gradient(Assembly plan, memory.desc layout);

  /** After the primitive has: takes the gradient to its place. */
  void gradientWritten(Assembly plan, Operand gradient);
}
