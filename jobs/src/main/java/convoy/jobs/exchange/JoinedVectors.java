package convoy.jobs.exchange;

import convoy.zoo.engine.FlatVector;
import java.nio.FloatBuffer;
import java.util.List;

/** Vectors of one length behind each other, as files need them. */
record JoinedVectors(List<FlatVector> vectors) implements FlatVector {
  @Override
  public int length() {
    return vectors.stream().mapToInt(FlatVector::length).sum();
  }

  @Override
  public void read(int offset, FloatBuffer into) {
    each(offset, into, FlatVector::read);
  }

  @Override
  public void write(int offset, FloatBuffer from) {
    each(offset, from, FlatVector::write);
  }

  private interface Move {
    void between(FlatVector vector, int at, FloatBuffer values);
  }

  private void each(int offset, FloatBuffer values, Move move) {
    while (values.hasRemaining()) {
      FlatVector vector = vectors.get(offset / vectors.get(0).length());
      int at = offset % vector.length();
      int count = Math.min(values.remaining(), vector.length() - at);
      move.between(vector, at, values.slice(values.position(), count));
      values.position(values.position() + count);
      offset += count;
    }
  }
}
