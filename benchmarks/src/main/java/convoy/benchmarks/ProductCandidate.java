package convoy.benchmarks;

import java.util.Arrays;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;

/** oneDNN's product of two square matrices. */
final class ProductCandidate implements Candidate {
  private static final int SIDE = 2048;
  private static final byte AS_IT_IS = 'N';

  /** Of one iteration. */
  static final double OPERATIONS = 2.0 * SIDE * SIDE * SIDE;

  private final FloatPointer left = filled();
  private final FloatPointer right = filled();
  private final FloatPointer product = filled();

  private static FloatPointer filled() {
    float[] values = new float[SIDE * SIDE];
    Arrays.fill(values, 0.5f);
    return new FloatPointer(values);
  }

  @Override
  public double iterate() {
    int status =
        dnnl.dnnl_sgemm(
            AS_IT_IS, AS_IT_IS, SIDE, SIDE, SIDE, 1, left, SIDE, right, SIDE, 0, product, SIDE);
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN's product ends with status " + status);
    }

    return 0;
  }

  @Override
  public void close() {
    left.close();
    right.close();
    product.close();
  }
}
