package convoy.data.input;

import convoy.data.dataset.Example;
import convoy.data.order.EpochOrder;
import convoy.data.order.EpochOrder.Position;
import convoy.data.order.Seeds;
import convoy.data.pipeline.Pipeline;
import java.io.Closeable;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Positions in, pixels of a minibatch out. Called by one thread, decodes in several. */
final class MinibatchFiller implements Closeable {
  private final RowGroups rowGroups;
  private final List<Position> positions;
  private final Pipeline pipeline;
  private final long seed;
  private final int epoch;
  private final int threads;

  /** Begins with the first minibatch. */
  private ReadAhead ahead;

  /** The row groups of the current window, the one used last at the end. */
  private final Map<Integer, List<Example>> window = new LinkedHashMap<>();

  /**
   * Fills no other examples than {@code positions}, in this order: their row groups are read ahead.
   */
  MinibatchFiller(
      RowGroups rowGroups,
      List<Position> positions,
      Pipeline pipeline,
      long seed,
      int epoch,
      int threads) {
    this.rowGroups = rowGroups;
    this.positions = positions;
    this.pipeline = pipeline;
    this.seed = seed;
    this.epoch = epoch;
    this.threads = threads;
  }

  /**
   * Writes pixels and labels of these examples from index 0 on.
   *
   * @param decoders threads beside the caller's, unused when only one is asked for
   */
  void fill(List<Position> minibatch, FloatBuffer images, int[] labels, ExecutorService decoders)
      throws IOException, InterruptedException {
    List<Example> examples = new ArrayList<>(minibatch.size());
    for (Position position : minibatch) {
      Example example = rowGroup(position.rowGroup()).get(position.row());
      labels[examples.size()] = example.label();
      examples.add(example);
    }

    if (threads == 1) {
      decode(minibatch, examples, images, 0, 1);
      return;
    }

    List<Callable<Void>> parts = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int first = i;
      parts.add(
          () -> {
            decode(minibatch, examples, images, first, threads);
            return null;
          });
    }

    for (Future<Void> part : decoders.invokeAll(parts)) {
      await(part);
    }
  }

  private static void await(Future<Void> part) throws IOException, InterruptedException {
    try {
      part.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }

      throw new IOException("decoding failed: " + e.getCause(), e.getCause());
    }
  }

  private void decode(
      List<Position> positions, List<Example> examples, FloatBuffer images, int first, int step)
      throws IOException, InterruptedException {
    for (int i = first; i < examples.size(); i += step) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }

      Position position = positions.get(i);
      long index = rowGroups.firstExample(position.rowGroup()) + position.row();
      FloatBuffer into = images.slice(i * pipeline.length(), pipeline.length());
      pipeline.apply(examples.get(i).picture(), Seeds.ofExample(seed, epoch, index), into);
    }
  }

  private List<Example> rowGroup(int number) throws IOException, InterruptedException {
    List<Example> examples = window.remove(number);
    if (examples == null) {
      examples = ahead().take(number);
    }

    window.put(number, examples);
    if (window.size() > EpochOrder.WINDOW_ROW_GROUPS) {
      Iterator<Integer> eldest = window.keySet().iterator();
      eldest.next();
      eldest.remove();
    }

    return examples;
  }

  private ReadAhead ahead() {
    if (ahead == null) {
      List<Integer> order = positions.stream().map(Position::rowGroup).distinct().toList();
      ahead = new ReadAhead(rowGroups, order, EpochOrder.WINDOW_ROW_GROUPS);
    }

    return ahead;
  }

  /** Closes what the thread that fills has opened; that thread calls it. */
  @Override
  public void close() throws IOException {
    if (ahead != null) {
      ahead.close();
    }
  }
}
