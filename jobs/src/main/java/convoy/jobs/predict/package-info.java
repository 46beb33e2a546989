/**
 * From pictures to probabilities: minibatches decoded ahead, a model's network, and its
 * predictions.
 */
package convoy.jobs.predict;
