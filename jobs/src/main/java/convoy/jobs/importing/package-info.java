/** The import job: weights of another program to a model folder. */
package convoy.jobs.importing;
