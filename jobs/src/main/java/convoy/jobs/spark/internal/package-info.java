/**
 * The only package that touches the inside of Spark and Scala: RDD classes, the block manager,
 * {@code ClassTag}, {@code runJob}, serializers of a shuffle. It offers Java types, so that a new
 * version of Spark or Scala changes only this package. It knows nothing of training or data.
 */
package convoy.jobs.spark.internal;
