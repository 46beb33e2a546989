/**
 * The only package that touches the inside of Spark and Scala: RDD classes, the block manager,
 * {@code ClassTag}, {@code runJob}, serializers of a shuffle. What it offers are Java types, so
 * that another version of Spark or Scala is met here alone. It knows nothing of training or data.
 */
package convoy.jobs.spark.internal;
