package convoy.jobs.train.sync;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import org.apache.spark.serializer.DeserializationStream;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;

/**
 * Pairs of {@link SliceKey} and {@link WorkerPart} in the streams of a shuffle: a slice's bytes as
 * they lie in memory. Java's serialization reads arrays by the kilobyte, and each is a system call
 * where a shuffle's file isn't compressed.
 */
final class SliceSerializer extends Serializer implements Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public SerializerInstance newInstance() {
    return new Streams();
  }

  /** Nothing but streams is asked of a shuffle's serializer. */
  private static final class Streams extends SerializerInstance {
    @Override
    public SerializationStream serializeStream(OutputStream to) {
      return new SliceWriter(to);
    }

    @Override
    public DeserializationStream deserializeStream(InputStream from) {
      return new SliceReader(from);
    }

    @Override
    public <T> ByteBuffer serialize(T object, ClassTag<T> type) {
      throw new UnsupportedOperationException("slices travel in streams");
    }

    @Override
    public <T> T deserialize(ByteBuffer bytes, ClassTag<T> type) {
      throw new UnsupportedOperationException("slices travel in streams");
    }

    @Override
    public <T> T deserialize(ByteBuffer bytes, ClassLoader loader, ClassTag<T> type) {
      throw new UnsupportedOperationException("slices travel in streams");
    }
  }
}
