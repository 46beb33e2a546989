/**
 * Pipelines from a recipe's plain values: one for training, one for evaluation and its crops; what
 * they leave is the network's input.
 */
package convoy.data.pipeline;
