/** The prepare job, which makes a dataset of a source. */
package convoy.jobs.prepare;
