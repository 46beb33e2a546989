/**
 * Moves the named vectors of a training between the executors, in slices, and reduces them to the
 * next state.
 *
 * <p>The data of a round move in this order: {@link convoy.jobs.exchange.HeldState} (vectors cut
 * into slices by {@link convoy.jobs.exchange.StateLayout}, which the executors hold), a WorkerStep
 * on each worker that answers with a Contribution, the shuffle of WorkerParts in SliceFormat,
 * WeightedMean, a SliceRule, and the next HeldState. {@link convoy.jobs.exchange.Exchange} runs it.
 * This package uses Spark, but knows no recipes, datasets or strategies.
 */
package convoy.jobs.exchange;
