/** The inspect job, which shows what a dataset holds and checks it. It changes nothing. */
package convoy.jobs.inspect;
