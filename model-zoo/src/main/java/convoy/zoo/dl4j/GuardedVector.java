package convoy.zoo.dl4j;

import convoy.zoo.engine.FlatVector;
import java.nio.FloatBuffer;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A flat vector over native memory, copied in bulk.
 *
 * @param guard runs a copy while the memory is there and nobody else uses the network
 */
record GuardedVector(FloatBuffer values, int length, Consumer<Runnable> guard)
    implements FlatVector {

  @Override
  public void read(int offset, FloatBuffer into) {
    int count = into.remaining();
    Objects.checkFromIndexSize(offset, count, length);
    guard.accept(() -> into.put(into.position(), values, offset, count));
    into.position(into.limit());
  }

  @Override
  public void write(int offset, FloatBuffer from) {
    int count = from.remaining();
    Objects.checkFromIndexSize(offset, count, length);
    guard.accept(() -> values.put(offset, from, from.position(), count));
    from.position(from.limit());
  }
}
