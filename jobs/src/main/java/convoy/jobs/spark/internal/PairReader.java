package convoy.jobs.spark.internal;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import org.apache.spark.serializer.DeserializationStream;
import scala.Tuple2;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;
import scala.reflect.ClassTag;

/** Reads what {@link PairWriter} wrote. */
final class PairReader<K, V> extends DeserializationStream {
  private final PairFormat<K, V> format;
  private final PushbackInputStream pushback;
  private final DataInputStream from;

  PairReader(PairFormat<K, V> format, InputStream from) {
    this.format = format;
    this.pushback = new PushbackInputStream(from, 1);
    this.from = new DataInputStream(pushback);
  }

  @Override
  public <T> T readObject(ClassTag<T> type) {
    throw new UnsupportedOperationException("a pair is read as its key and its value");
  }

  @Override
  @SuppressWarnings("unchecked") // Spark asks for what was written.
  public <T> T readKey(ClassTag<T> type) {
    try {
      return (T) format.readKey(from);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // Spark asks for what was written.
  public <T> T readValue(ClassTag<T> type) {
    try {
      return (T) format.readValue(from);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
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
