/** Files of jobs on any Hadoop file system: layout of datasets, runs and models, atomic commits. */
package convoy.jobs.io;
