package convoy.data.input;

import convoy.data.dataset.DatasetException;
import convoy.data.dataset.Example;
import convoy.data.image.BadPictureException;
import convoy.data.image.Decoder;
import convoy.data.image.PictureMemoryException;
import convoy.data.order.EpochOrder.Position;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Examples of a split. It holds a window of row groups and reads as many ahead. An example that
 * can't be decoded ends the feed: prepare could decode it.
 */
abstract class ExampleSource implements ItemSource<ExampleRow> {
  private final RowGroups rowGroups;
  private final List<Integer> order;
  private final int windowSize;

  /** Begins with the first example. */
  private ReadAhead ahead;

  /** The row groups of the current window, the one used last at the end. */
  private final Map<Integer, List<Example>> window = new LinkedHashMap<>();

  /**
   * @param order in which the row groups are asked for first, each once
   * @param windowSize row groups between which the examples alternate, at most
   */
  ExampleSource(RowGroups rowGroups, List<Integer> order, int windowSize) {
    this.rowGroups = rowGroups;
    this.order = order;
    this.windowSize = windowSize;
  }

  /** An example as an item; blocks while its row group is being read. */
  FeedItem<ExampleRow> item(Position position, int group, long seed)
      throws IOException, InterruptedException {
    Example example = rowGroup(position.rowGroup()).get(position.row());
    return new FeedItem<>(
        new ExampleRow(position.rowGroup(), example.key()),
        group,
        example.label(),
        seed,
        example::picture);
  }

  /** Index in the split, in manifest order. */
  long index(Position position) {
    return rowGroups.firstExample(position.rowGroup()) + position.row();
  }

  private List<Example> rowGroup(int number) throws IOException, InterruptedException {
    List<Example> examples = window.remove(number);
    if (examples == null) {
      if (ahead == null) {
        ahead = new ReadAhead(rowGroups, order, windowSize);
      }

      examples = ahead.take(number);
    }

    window.put(number, examples);
    if (window.size() > windowSize) {
      Iterator<Integer> eldest = window.keySet().iterator();
      eldest.next();
      eldest.remove();
    }

    return examples;
  }

  @Override
  public BadPictureException reject(ExampleRow row, Throwable failure) throws IOException {
    String example = "example " + row.key();
    if (failure instanceof OutOfMemoryError) {
      PictureMemoryException.throwIfOutOfMemory(
          example,
          new BadPictureException(
              Decoder.OUT_OF_MEMORY, "no memory to transform it: " + failure.getMessage()));
    }

    if (failure instanceof RuntimeException bug) {
      throw bug;
    }

    throw new DatasetException(example + ": " + failure.getMessage(), failure);
  }

  @Override
  public void close() throws IOException {
    if (ahead != null) {
      ahead.close();
    }
  }
}
