/** The inspect job: what a dataset holds, and whether it is whole. It changes nothing. */
package convoy.jobs.inspect;
