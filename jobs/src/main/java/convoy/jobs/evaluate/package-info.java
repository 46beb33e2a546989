/** The evaluate job: accuracy, loss and confusions on a split. */
package convoy.jobs.evaluate;
