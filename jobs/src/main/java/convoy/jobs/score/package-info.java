/** The score job: one row out for each file in. */
package convoy.jobs.score;
