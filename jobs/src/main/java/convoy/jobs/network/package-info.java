/**
 * Networks on executors: the values that are sent to open and to fill one, and the pool that keeps
 * them open.
 */
package convoy.jobs.network;
