/**
 * Turns pictures into probabilities, with minibatches that are decoded ahead and the network of a
 * model.
 */
package convoy.jobs.predict;
