package convoy.zoo.engine;

import convoy.zoo.graph.Graph;
import convoy.zoo.optimizer.OptimizerSpec;

/**
 * What an engine needs to open a network.
 *
 * @param optimizer null for inference
 * @param maxBatch the largest minibatch that will come
 * @param threads native threads
 */
public record NetworkSpec(Graph graph, OptimizerSpec optimizer, int maxBatch, int threads) {}
