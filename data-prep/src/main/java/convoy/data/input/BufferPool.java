package convoy.data.input;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Direct buffers that outlive a reader. A reader lives for one round; buffers left to the garbage
 * collector each round would outrun it.
 */
final class BufferPool {
  private static final int IDLE = 8;
  private final Deque<FloatBuffer> idle = new ArrayDeque<>();

  FloatBuffer take(int floats) {
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

  synchronized void giveBack(FloatBuffer buffer) {
    idle.addFirst(buffer);
    if (idle.size() > IDLE) {
      idle.removeLast();
    }
  }
}
