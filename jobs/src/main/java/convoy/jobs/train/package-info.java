/** The training loop, its run folder, checkpoints, lease and guard. */
package convoy.jobs.train;
