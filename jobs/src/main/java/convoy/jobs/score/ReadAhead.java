package convoy.jobs.score;

import convoy.data.image.BadPictureException;
import convoy.data.image.Decoder;
import convoy.jobs.predict.Item;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads the next files of a chunk while earlier ones are decoded: a remote store answers late, but
 * several requests at once. The items come in the order of the files. One thread.
 */
final class ReadAhead implements Iterator<Item<InputFile>>, AutoCloseable {
  private static final int THREADS = 4;
  private static final int MOST_FILES = 16;
  private static final long MOST_BYTES = 64L << 20;

  private final ExecutorService readers =
      Executors.newFixedThreadPool(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "convoy-read-ahead");
            thread.setDaemon(true);
            return thread;
          });
  private final Iterator<InputFile> files;
  private final Reader reader;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private long pendingBytes;

  /** Reads a whole file. */
  @FunctionalInterface
  interface Reader {
    byte[] read(InputFile file) throws BadPictureException;
  }

  private record Pending(InputFile file, Future<byte[]> bytes) {}

  ReadAhead(Iterator<InputFile> files, Reader reader) {
    this.files = files;
    this.reader = reader;
  }

  @Override
  public boolean hasNext() {
    return !pending.isEmpty() || files.hasNext();
  }

  @Override
  public Item<InputFile> next() {
    // One file is always read, however large; others wait until there is room.
    while (files.hasNext()
        && (pending.isEmpty() || (pending.size() < MOST_FILES && pendingBytes < MOST_BYTES))) {
      InputFile file = files.next();
      Callable<byte[]> reading = () -> reader.read(file);
      pending.add(new Pending(file, readers.submit(reading)));
      pendingBytes += file.length();
    }

    Pending next = pending.remove();
    pendingBytes -= next.file.length();
    return new Item<>(next.file, 0, () -> Decoder.decode(await(next.bytes)));
  }

  private static byte[] await(Future<byte[]> bytes) throws BadPictureException, IOException {
    try {
      return bytes.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the task was stopped");
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

  /** Stops reading. */
  @Override
  public void close() {
    readers.shutdownNow();
  }
}
