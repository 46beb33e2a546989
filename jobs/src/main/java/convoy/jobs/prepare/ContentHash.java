package convoy.jobs.prepare;

import convoy.data.dataset.Sha256;
import java.io.Serializable;
import java.nio.ByteBuffer;

/** The first half of a content's SHA-256, which is enough to tell billions of pictures apart. */
public record ContentHash(long high, long low) implements Serializable {
  /** Hashes {@code content}. */
  public static ContentHash of(byte[] content) {
    ByteBuffer hash = ByteBuffer.wrap(Sha256.digest().digest(content));
    return new ContentHash(hash.getLong(), hash.getLong());
  }

  /** The same value in every process, as Spark's shuffles partition by it. */
  @Override
  public int hashCode() {
    return Long.hashCode(high);
  }
}
