/** Strategies that keep the workers together, one file each and a registry. */
package convoy.jobs.train.sync;
