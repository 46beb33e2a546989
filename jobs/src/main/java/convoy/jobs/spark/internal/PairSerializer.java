package convoy.jobs.spark.internal;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import org.apache.spark.serializer.DeserializationStream;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;

/** A {@link PairFormat} as a serializer of Spark. */
public final class PairSerializer extends Serializer implements Serializable {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // Every format is serializable.
  private final PairFormat<?, ?> format;

  public PairSerializer(PairFormat<?, ?> format) {
    this.format = format;
  }

  @Override
  public SerializerInstance newInstance() {
    return new Streams(format);
  }

  /** Spark uses only the streams of a shuffle's serializer. */
  private static final class Streams extends SerializerInstance {
    private final PairFormat<?, ?> format;

    Streams(PairFormat<?, ?> format) {
      this.format = format;
    }

    @Override
    public SerializationStream serializeStream(OutputStream to) {
      return new PairWriter<>(format, to);
    }

    @Override
    public DeserializationStream deserializeStream(InputStream from) {
      return new PairReader<>(format, from);
    }

    @Override
    public <T> ByteBuffer serialize(T object, ClassTag<T> type) {
      throw new UnsupportedOperationException("pairs travel in streams");
    }

    @Override
    public <T> T deserialize(ByteBuffer bytes, ClassTag<T> type) {
      throw new UnsupportedOperationException("pairs travel in streams");
    }

    @Override
    public <T> T deserialize(ByteBuffer bytes, ClassLoader loader, ClassTag<T> type) {
      throw new UnsupportedOperationException("pairs travel in streams");
    }
  }
}
