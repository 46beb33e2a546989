package convoy.jobs.spark.internal;

import org.apache.spark.util.KnownSizeEstimation;

/**
 * An object that refers to large objects it doesn't own. Spark estimates the size of buffered
 * objects by following all references, unless the object states its size.
 */
public interface SmallObject extends KnownSizeEstimation {
  @Override
  default long estimatedSize() {
    return 64;
  }
}
