/**
 * One small class for each command: its arguments, their validation and one call. The jobs
 * themselves are in other packages.
 */
package convoy.jobs.command;
