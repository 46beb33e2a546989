/**
 * Strategies that keep the workers together, one file each; their registry is {@code
 * convoy.jobs.train.SyncStrategies}.
 *
 * <p>A round of averaging, in the order in which its data move: TrainingState (slices of the flat
 * vectors, by SlicePlan), BroadcastState, WorkerTask (trains, leaves WorkerParts), the shuffle
 * (SlicePartitioner; SliceWriter and SliceReader of SliceSerializer), WeightedMean, Gathering,
 * which fetches the means, and a RoundResult with the next TrainingState. Averaging puts them
 * together.
 */
package convoy.jobs.train.sync;
