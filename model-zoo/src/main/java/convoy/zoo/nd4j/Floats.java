package convoy.zoo.nd4j;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A block of off-heap float32 values that both ND4J's operations and plain Java loops use. It keeps
 * a reference to the array that owns the memory, because a buffer alone would not keep that memory
 * alive.
 */
final class Floats implements AutoCloseable {
  /**
   * The number of values that a loop handles at a time, so that they fit into the first-level
   * cache.
   */
  static final int CHUNK = 1024;

  private final INDArray array;
  private final FloatBuffer buffer;
  private final IntBuffer bits;

  private Floats(INDArray array) {
    this.array = array;
    this.buffer = array.data().asNioFloat();
    this.bits = array.data().asNio().order(ByteOrder.nativeOrder()).asIntBuffer();
  }

  /** Allocates {@code length} zeros. */
  static Floats zeros(int length) {
    return new Floats(Nd4j.create(DataType.FLOAT, Math.max(1, length)));
  }

  FloatBuffer buffer() {
    return buffer;
  }

  /** Returns the same memory as integers that hold the bits. */
  IntBuffer bits() {
    return bits;
  }

  void clear() {
    array.assign(0);
  }

  /** Returns a view of this shape (C order) that starts at {@code offset}. */
  INDArray view(int offset, long... shape) {
    long length = 1;
    for (long side : shape) {
      length *= side;
    }

    return array.get(NDArrayIndex.interval(offset, offset + length)).reshape('c', shape);
  }

  @Override
  public void close() {
    array.close();
  }

  /** Adds the first {@code length} values of one buffer to those of another. */
  static void add(FloatBuffer from, FloatBuffer into, int length) {
    float[] sum = new float[CHUNK];
    float[] added = new float[CHUNK];
    for (int at = 0; at < length; at += sum.length) {
      int count = Math.min(sum.length, length - at);
      into.get(at, sum, 0, count);
      from.get(at, added, 0, count);
      for (int i = 0; i < count; i++) {
        sum[i] += added[i];
      }

      into.put(at, sum, 0, count);
    }
  }
}
