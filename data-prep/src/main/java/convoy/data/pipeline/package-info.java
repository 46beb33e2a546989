/**
 * Pipelines built from a recipe's plain values: one for training, and one for evaluation and its
 * crops. They write the network's input.
 */
package convoy.data.pipeline;
