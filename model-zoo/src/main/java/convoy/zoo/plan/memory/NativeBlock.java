package convoy.zoo.plan.memory;

import convoy.zoo.engine.EngineException;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** One block of native memory, freed by hand: no garbage collection may pull it away. */
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
   * Unset bytes.
   *
   * @throws EngineException where the system promises no more
   */
  public static NativeBlock allocate(long bytes) {
    Pointer raw = Pointer.malloc(bytes + ALIGNMENT);
    if (raw == null || raw.isNull()) {
      throw Capacity.exceeded("no %d MB of native memory are left".formatted(bytes >> 20));
    }

    return new NativeBlock(bytes, raw);
  }

  /** Zeros. */
  static NativeBlock zeros(long bytes) {
    NativeBlock block = allocate(bytes);
    block.clear();
    return block;
  }

  public long bytes() {
    return bytes;
  }

  /** The place {@code offset} bytes behind the start. */
  public Pointer at(long offset) {
    return new BytePointer(raw).position(shift + offset);
  }

  /** {@code count} floats from {@code offset} bytes behind the start on. */
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
