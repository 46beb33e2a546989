/** Learning rate schedules, one file each and a registry. */
package convoy.jobs.train.schedule;
