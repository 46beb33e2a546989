/**
 * Networks on executors: what travels to open one and to fill it, and the pool that keeps them
 * open.
 */
package convoy.jobs.network;
