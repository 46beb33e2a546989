/**
 * Files of jobs on any Hadoop file system: whole files, folders that one run owns, models. What is
 * in a command's folder is known to that command's own package.
 */
package convoy.jobs.io;
