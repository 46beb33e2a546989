/**
 * The strategies that synchronize the workers of a run, one file each, and the round that they
 * share. A strategy is a {@link convoy.jobs.train.sync.SyncRule} on the mean, or brings {@link
 * convoy.jobs.train.sync.Workers} of its own. Their registry is {@code
 * convoy.jobs.train.SyncStrategies}. The package {@code convoy.jobs.exchange} moves the vectors.
 */
package convoy.jobs.train.sync;
