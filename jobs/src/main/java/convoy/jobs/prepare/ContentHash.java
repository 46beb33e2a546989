package convoy.jobs.prepare;

import convoy.data.dataset.Sha256;
import java.io.Serializable;
import java.nio.ByteBuffer;

/** The first half of a content's SHA-256: enough to tell billions of pictures apart. */
public record ContentHash(long high, long low) implements Serializable {
  /** Of these bytes. */
  public static ContentHash of(byte[] content) {
    ByteBuffer hash = ByteBuffer.wrap(Sha256.digest().digest(content));
    return new ContentHash(hash.getLong(), hash.getLong());
  }

  /** The same in every process: Spark's shuffles go by it. */
  @Override
  public int hashCode() {
    return Long.hashCode(high);
  }
}
