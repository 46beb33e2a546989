/**
 * Networks on executors: what travels to open one and to fill it, and the pool that keeps it. Knows
 * nothing of datasets or files.
 */
package convoy.jobs.engine;
