package convoy.data.input;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Direct buffers that outlive a feed, for callers without a network that keeps them. A feed lives
 * for one round, and buffers would be allocated faster than the garbage collector frees them.
 */
public final class BufferPool {
  private static final int IDLE = 8;
  private final Deque<FloatBuffer> idle = new ArrayDeque<>();

  /**
   * Takes buffers of equal size.
   *
   * @param floats of each buffer
   */
  public List<FloatBuffer> take(int count, int floats) {
    List<FloatBuffer> buffers = new ArrayList<>();
    while (buffers.size() < count) {
      buffers.add(take(floats));
    }

    return buffers;
  }

  private FloatBuffer take(int floats) {
    synchronized (this) {
      for (Iterator<FloatBuffer> buffers = idle.iterator(); buffers.hasNext(); ) {
        FloatBuffer buffer = buffers.next();
        if (buffer.capacity() == floats) {
          buffers.remove();
          return buffer;
        }
      }
    }

    return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** Gives back buffers that nobody writes into any more. */
  public synchronized void giveBack(List<FloatBuffer> buffers) {
    buffers.forEach(idle::addFirst);
    while (idle.size() > IDLE) {
      idle.removeLast();
    }
  }
}
