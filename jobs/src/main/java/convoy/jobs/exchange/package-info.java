/**
 * Moves the named vectors of a training between the driver and the workers, in slices, and reduces
 * them: the state between two rounds, its way to the workers, the weighted mean, and what a rule
 * makes of the mean.
 *
 * <p>A round, in the order in which its data move: {@link convoy.jobs.exchange.TrainingState}
 * (vectors cut into slices by {@link convoy.jobs.exchange.SlicePlan}), BroadcastState, a WorkerStep
 * on each worker that answers with a Contribution, the shuffle of WorkerParts in SliceFormat,
 * WeightedMean, a SliceRule, and the next TrainingState, which {@link
 * convoy.jobs.exchange.Exchange} gathers. This package knows Spark, but nothing of recipes,
 * datasets or strategies.
 */
package convoy.jobs.exchange;
