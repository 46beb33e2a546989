/**
 * Executes a graph with DL4J and ND4J: the only importer of org.nd4j and org.deeplearning4j here.
 */
package convoy.zoo.dl4j;
