package convoy.data.input;

import convoy.data.image.BadPictureException;
import convoy.data.image.Decoder;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The source for scoring: files in order. The next files are read while earlier ones are decoded,
 * because a remote store is slow to answer one request but can serve several at once. A file that
 * can't be decoded becomes an entry with its reason.
 *
 * @param <F> a file; its text names it in the log
 */
public final class FileSource<F> implements ItemSource<F> {
  private static final int THREADS = 4;
  private static final int MOST_FILES = 16;
  private static final long MOST_BYTES = 64L << 20;
  private static final Logger LOG = LoggerFactory.getLogger(FileSource.class);

  private final ExecutorService readers =
      Executors.newFixedThreadPool(THREADS, InputThreads.named("convoy-read-ahead"));
  private final Iterator<F> files;
  private final ToLongFunction<F> length;
  private final Reader<F> reader;
  private final Deque<Pending<F>> pending = new ArrayDeque<>();
  private long pendingBytes;

  /** Reads a whole file; any thread may call it. */
  @FunctionalInterface
  public interface Reader<F> {
    byte[] read(F file) throws BadPictureException;
  }

  private record Pending<F>(F file, Future<byte[]> bytes) {}

  /**
   * @param length of a file in bytes; it limits what is read ahead
   */
  public FileSource(Iterator<F> files, ToLongFunction<F> length, Reader<F> reader) {
    this.files = files;
    this.length = length;
    this.reader = reader;
  }

  @Override
  public FeedItem<F> next() {
    // One file is always read, however large it is. Others wait until there is room.
    while (files.hasNext()
        && (pending.isEmpty() || (pending.size() < MOST_FILES && pendingBytes < MOST_BYTES))) {
      F file = files.next();
      Callable<byte[]> reading = () -> reader.read(file);
      pending.add(new Pending<>(file, readers.submit(reading)));
      pendingBytes += length.applyAsLong(file);
    }

    Pending<F> next = pending.poll();
    if (next == null) {
      return null;
    }

    pendingBytes -= length.applyAsLong(next.file);
    return new FeedItem<>(
        next.file, 0, FeedItem.NO_LABEL, 0, () -> Decoder.decode(await(next.bytes)));
  }

  private static byte[] await(Future<byte[]> bytes)
      throws BadPictureException, InterruptedException {
    try {
      return bytes.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BadPictureException bad) {
        throw bad;
      }

      if (e.getCause() instanceof OutOfMemoryError large) {
        throw large;
      }

      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public BadPictureException reject(F file, Throwable failure) {
    if (failure instanceof BadPictureException bad) {
      return bad;
    }

    if (failure instanceof OutOfMemoryError) {
      return new BadPictureException(
          Decoder.OUT_OF_MEMORY, "the task's heap is too small for it: " + failure.getMessage());
    }

    LOG.warn("{} could not be processed", file, failure);
    return new BadPictureException("failed", failure.toString());
  }

  @Override
  public void close() throws IOException {
    readers.shutdownNow();
  }
}
