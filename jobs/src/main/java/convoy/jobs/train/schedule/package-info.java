/** Learning rate schedules with their registry. Each schedule has a file of its own. */
package convoy.jobs.train.schedule;
