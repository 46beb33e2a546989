package convoy.zoo.plan.memory;

import convoy.zoo.engine.EngineException;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** One block of native memory that is freed explicitly. The garbage collector never frees it. */
public final class NativeBlock implements AutoCloseable {
  private static final long ALIGNMENT = 64;

  private final long bytes;
  private final Pointer raw;
  private final long shift;

  private NativeBlock(long bytes, Pointer raw) {
    this.bytes = bytes;
    this.raw = raw;
    this.shift = (ALIGNMENT - raw.address() % ALIGNMENT) % ALIGNMENT;
  }

  /**
   * Allocates bytes with undefined values.
   *
   * @throws EngineException when the system does not grant the memory
   */
  public static NativeBlock allocate(long bytes) {
    Pointer raw = Pointer.malloc(bytes + ALIGNMENT);
    if (raw == null || raw.isNull()) {
      throw Capacity.exceeded("no %d MB of native memory are left".formatted(bytes >> 20));
    }

    return new NativeBlock(bytes, raw);
  }

  static NativeBlock zeros(long bytes) {
    NativeBlock block = allocate(bytes);
    block.clear();
    return block;
  }

  public long bytes() {
    return bytes;
  }

  /** Returns the place {@code offset} bytes after the start. */
  public Pointer at(long offset) {
    return new BytePointer(raw).position(shift + offset);
  }

  /** Returns {@code count} floats that start {@code offset} bytes after the start. */
  FloatBuffer floats(long offset, long count) {
    return OneDnn.bytes(at(offset), count * Float.BYTES).asFloatBuffer();
  }

  public void clear() {
    Pointer.memset(at(0), 0, bytes);
  }

  @Override
  public void close() {
    Pointer.free(raw);
  }
}
