package convoy.zoo.loops;

import convoy.zoo.graph.Shape;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * What flows along an edge as loops see it: float32 values and, in training, their gradient, one
 * picture after another, NCHW.
 */
public interface PlainTensor {
  /** Of one picture. */
  Shape shape();

  /** Whether a gradient flows back along this edge. */
  boolean differentiable();

  FloatBuffer values();

  FloatBuffer gradient();

  /** The values as the integers of their bits. */
  IntBuffer valueBits();

  IntBuffer gradientBits();
}
