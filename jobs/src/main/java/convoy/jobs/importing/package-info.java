/** The import job, which writes weights of another program as a model folder. */
package convoy.jobs.importing;
