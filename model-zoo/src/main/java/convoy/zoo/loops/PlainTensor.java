package convoy.zoo.loops;

import convoy.zoo.graph.Shape;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * The data between two layers as loops see it: float32 values and, in training, their gradient. It
 * holds one picture after another, NCHW.
 */
public interface PlainTensor {
  /** Returns the shape of one picture. */
  Shape shape();

  /** Returns whether a gradient flows back here. */
  boolean differentiable();

  FloatBuffer values();

  FloatBuffer gradient();

  /** Returns the bits of the values as integers. */
  IntBuffer valueBits();

  IntBuffer gradientBits();
}
