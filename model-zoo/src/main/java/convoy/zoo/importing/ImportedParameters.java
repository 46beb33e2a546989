package convoy.zoo.importing;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.format.ModelFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.TreeMap;

/**
 * Presents a file's tensors as the flat vector of a network. A tensor is read when it is asked for,
 * so only one is in memory at a time.
 */
final class ImportedParameters implements FlatVector {
  private final TreeMap<Integer, LayerMap.Row> byOffset = new TreeMap<>();
  private final int length;
  private String current;
  private FloatBuffer numbers;

  ImportedParameters(LayerMap map) {
    map.rows().forEach(row -> byOffset.put(row.target().offset(), row));
    this.length = map.rows().stream().mapToInt(row -> row.target().size()).sum();
  }

  @Override
  public int length() {
    return length;
  }

  /**
   * Reads values of one tensor or of several neighbouring ones.
   *
   * @throws UncheckedIOException when the file can't be read, or a value is not a number
   */
  @Override
  public void read(int offset, FloatBuffer into) {
    int at = offset;
    while (into.hasRemaining()) {
      LayerMap.Row row = byOffset.floorEntry(at).getValue();
      load(row);
      int from = at - row.target().offset();
      int count = Math.min(into.remaining(), row.target().size() - from);
      FloatBuffer part = into.slice(into.position(), count);
      row.source().view().read(numbers, from, part);
      requireNumbers(row, part.flip());
      into.position(into.position() + count);
      at += count;
    }
  }

  private void load(LayerMap.Row row) {
    if (row.target().name().equals(current)) {
      return;
    }

    try {
      numbers = null;
      current = row.target().name();
      numbers = row.source().numbers().read();
    } catch (IOException problem) {
      current = null;
      throw new UncheckedIOException(problem);
    }
  }

  private static void requireNumbers(LayerMap.Row row, FloatBuffer part) {
    for (int i = 0; i < part.limit(); i++) {
      if (!Float.isFinite(part.get(i))) {
        throw new UncheckedIOException(
            new ModelFormatException(
                "tensor %s holds %s, which is no weight; take weights from before that training diverged"
                    .formatted(row.source().name(), part.get(i))));
      }
    }
  }

  @Override
  public void write(int offset, FloatBuffer from) {
    throw new UnsupportedOperationException("a file that is imported is only read");
  }
}
