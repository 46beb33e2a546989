package convoy.jobs.train.sync;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.apache.spark.serializer.SerializationStream;
import scala.reflect.ClassTag;

/**
 * Keys as slice and worker; values as length, examples, state and bytes, or, where the length is
 * {@link #REPORT}, a report by Java's serialization. Big-endian.
 */
final class SliceWriter extends SerializationStream {
  /** Instead of a length. */
  static final int REPORT = -1;

  /** What goes on at once stays in the processor's cache. */
  static final int CHUNK = 1 << 16;

  private final DataOutputStream to;

  SliceWriter(OutputStream to) {
    this.to = new DataOutputStream(to);
  }

  @Override
  public <T> SerializationStream writeObject(T object, ClassTag<T> type) {
    try {
      if (object instanceof SliceKey key) {
        to.writeInt(key.slice());
        to.writeInt(key.worker());
      } else {
        write((WorkerPart) object);
      }
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }

    return this;
  }

  private void write(WorkerPart part) throws IOException {
    if (part instanceof WorkerPart.InNetwork slice) {
      write(slice.read(), slice.cut().bytes(), slice.examples(), slice.state());
    } else if (part instanceof WorkerPart.Slice slice) {
      write(slice.bytes(), slice.bytes().length, slice.examples(), slice.state());
    } else {
      to.writeInt(REPORT);
      ObjectOutputStream report = new ObjectOutputStream(to);
      report.writeObject(part);
      report.flush();
    }
  }

  private void write(byte[] bytes, int length, long examples, UUID state) throws IOException {
    to.writeInt(length);
    to.writeLong(examples);
    to.writeLong(state.getMostSignificantBits());
    to.writeLong(state.getLeastSignificantBits());
    for (int at = 0; at < length; at += CHUNK) {
      to.write(bytes, at, Math.min(CHUNK, length - at));
    }
  }

  @Override
  public void flush() {
    try {
      to.flush();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  @Override
  public void close() {
    try {
      to.close();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
