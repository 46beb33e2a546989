/**
 * Files of jobs on any Hadoop file system: whole files, folders that one run owns, models. Only the
 * package of a command knows the content of its folder.
 */
package convoy.jobs.io;
