package convoy.jobs.train.sync;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.apache.spark.serializer.DeserializationStream;
import scala.Tuple2;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;
import scala.reflect.ClassTag;

/** Reads what {@link SliceWriter} wrote. */
final class SliceReader extends DeserializationStream {
  private final PushbackInputStream pushback;
  private final DataInputStream from;

  SliceReader(InputStream from) {
    this.pushback = new PushbackInputStream(from, 1);
    this.from = new DataInputStream(pushback);
  }

  /** Keys and values come in turn. */
  @Override
  public <T> T readObject(ClassTag<T> type) {
    throw new UnsupportedOperationException("a slice's key and value differ");
  }

  @Override
  @SuppressWarnings("unchecked") // Spark asks for what was written: a SliceKey.
  public <T> T readKey(ClassTag<T> type) {
    try {
      return (T) new SliceKey(from.readInt(), from.readInt());
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // A WorkerPart.
  public <T> T readValue(ClassTag<T> type) {
    try {
      return (T) part();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private WorkerPart part() throws IOException {
    int length = from.readInt();
    if (length == SliceWriter.REPORT) {
      return report();
    }

    if (length < 0 || length > SlicePlan.MOST_BYTES) {
      throw new IOException("a damaged slice: its length reads as " + length);
    }

    long examples = from.readLong();
    UUID state = new UUID(from.readLong(), from.readLong());
    byte[] bytes = new byte[length];
    for (int at = 0; at < length; at += SliceWriter.CHUNK) {
      from.readFully(bytes, at, Math.min(SliceWriter.CHUNK, length - at));
    }

    return new WorkerPart.Slice(examples, state, bytes);
  }

  private WorkerReport report() throws IOException {
    try {
      return (WorkerReport) new ObjectInputStream(from).readObject();
    } catch (ClassNotFoundException other) {
      throw new IOException("written by another version of Convoy", other);
    }
  }

  @Override
  public Iterator<Tuple2<Object, Object>> asKeyValueIterator() {
    return new AbstractIterator<>() {
      @Override
      public boolean hasNext() {
        try {
          int next = pushback.read();
          if (next >= 0) {
            pushback.unread(next);
          }

          return next >= 0;
        } catch (IOException problem) {
          throw new UncheckedIOException(problem);
        }
      }

      @Override
      public Tuple2<Object, Object> next() {
        return new Tuple2<>(readKey(null), readValue(null));
      }
    };
  }

  @Override
  public void close() {
    try {
      from.close();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
