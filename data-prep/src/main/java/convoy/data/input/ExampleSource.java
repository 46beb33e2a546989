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
 * Examples of a split. The source holds a window of row groups and reads as many ahead. An example
 * that can't be decoded ends the feed, because prepare could decode it.
 */
abstract class ExampleSource implements ItemSource<ExampleRow> {
  private final RowGroups rowGroups;
  private final List<Integer> order;
  private final int windowSize;

  /** The thread starts with the first example. */
  private RowGroupReadAhead ahead;

  /** The row groups of the current window. The most recently used one is last. */
  private final Map<Integer, List<Example>> window = new LinkedHashMap<>();

  /**
   * @param order in which the row groups are first requested, each once
   * @param windowSize the most row groups between which the examples alternate
   */
  ExampleSource(RowGroups rowGroups, List<Integer> order, int windowSize) {
    this.rowGroups = rowGroups;
    this.order = order;
    this.windowSize = windowSize;
  }

  /** Returns an example as an item; blocks while its row group is being read. */
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

  /** Returns the index in the split, in manifest order. */
  long index(Position position) {
    return rowGroups.firstExample(position.rowGroup()) + position.row();
  }

  private List<Example> rowGroup(int number) throws IOException, InterruptedException {
    List<Example> examples = window.remove(number);
    if (examples == null) {
      if (ahead == null) {
        ahead = new RowGroupReadAhead(rowGroups, order, windowSize);
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
