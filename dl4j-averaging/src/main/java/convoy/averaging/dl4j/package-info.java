/**
 * DL4J's own way to train on Spark, on the same recipes and shards: the reference to beat. A module
 * of its own, since dl4j-spark exists for Scala 2.12 alone; {@code META-INF/services} names it.
 * Beside model-zoo the only importer of org.nd4j and org.deeplearning4j.
 */
package convoy.averaging.dl4j;
