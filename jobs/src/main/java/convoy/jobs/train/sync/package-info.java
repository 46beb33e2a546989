/**
 * How the workers of a run are kept together: strategies, one file each, and the round that they
 * share. A strategy is a {@link convoy.jobs.train.sync.SyncRule} on the mean, or brings {@link
 * convoy.jobs.train.sync.Workers} of its own. Their registry is {@code
 * convoy.jobs.train.SyncStrategies}. How vectors travel stands in {@code convoy.jobs.exchange}.
 */
package convoy.jobs.train.sync;
