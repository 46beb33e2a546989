/** The evaluate job: accuracy, loss and confusion over a split, every example once. */
package convoy.jobs.evaluate;
