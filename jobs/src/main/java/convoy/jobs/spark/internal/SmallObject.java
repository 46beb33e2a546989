package convoy.jobs.spark.internal;

import org.apache.spark.util.KnownSizeEstimation;

/**
 * An object that refers to much that isn't its own. Spark estimates the size of what it buffers by
 * walking through all that an object refers to, unless the object says its size.
 */
public interface SmallObject extends KnownSizeEstimation {
  @Override
  default long estimatedSize() {
    return 64;
  }
}
