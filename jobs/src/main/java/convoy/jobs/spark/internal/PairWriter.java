package convoy.jobs.spark.internal;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.spark.serializer.SerializationStream;
import scala.reflect.ClassTag;

/** Writes keys and values in turn. */
final class PairWriter<K, V> extends SerializationStream {
  private final PairFormat<K, V> format;
  private final DataOutputStream to;

  PairWriter(PairFormat<K, V> format, OutputStream to) {
    this.format = format;
    this.to = new DataOutputStream(to);
  }

  @Override
  public <T> SerializationStream writeObject(T object, ClassTag<T> type) {
    throw new UnsupportedOperationException("a pair is written as its key and its value");
  }

  @Override
  @SuppressWarnings("unchecked") // The shuffle's own key.
  public <T> SerializationStream writeKey(T key, ClassTag<T> type) {
    return write(() -> format.writeKey((K) key, to));
  }

  @Override
  @SuppressWarnings("unchecked") // The shuffle's own value.
  public <T> SerializationStream writeValue(T value, ClassTag<T> type) {
    return write(() -> format.writeValue((V) value, to));
  }

  @Override
  public void flush() {
    write(to::flush);
  }

  @Override
  public void close() {
    write(to::close);
  }

  private interface Step {
    void run() throws IOException;
  }

  private SerializationStream write(Step step) {
    try {
      step.run();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }

    return this;
  }
}
