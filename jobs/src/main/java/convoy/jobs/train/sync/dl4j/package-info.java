/**
 * DL4J's own way to train on Spark, on the same recipes and shards: the reference to beat. Beside
 * model-zoo the only importer of org.nd4j and org.deeplearning4j.
 */
package convoy.jobs.train.sync.dl4j;
