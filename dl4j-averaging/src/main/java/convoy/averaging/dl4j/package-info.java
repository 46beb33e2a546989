/**
 * DL4J's own way to train on Spark, with the same recipes and shards, as the reference to beat. It
 * is a separate module because dl4j-spark exists for Scala 2.12 only; {@code META-INF/services}
 * names it. Only this module and model-zoo import org.nd4j and org.deeplearning4j.
 */
package convoy.averaging.dl4j;
