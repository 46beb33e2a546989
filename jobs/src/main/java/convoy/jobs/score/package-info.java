/** The score job, which writes one row for each file. */
package convoy.jobs.score;
