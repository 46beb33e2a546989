/** The prepare job: source in, dataset out. */
package convoy.jobs.prepare;
