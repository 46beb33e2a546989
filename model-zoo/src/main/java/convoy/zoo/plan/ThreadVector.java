package convoy.zoo.plan;

import convoy.zoo.engine.FlatVector;
import java.nio.FloatBuffer;

/** A flat vector whose values are moved on the thread that {@link EngineThread} chooses. */
record ThreadVector(EngineThread thread, FlatVector vector) implements FlatVector {
  @Override
  public int length() {
    return vector.length();
  }

  @Override
  public void read(int offset, FloatBuffer into) {
    thread.run(() -> vector.read(offset, into));
  }

  @Override
  public void write(int offset, FloatBuffer from) {
    thread.run(() -> vector.write(offset, from));
  }
}
