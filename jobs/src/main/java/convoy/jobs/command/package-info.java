/** One small class a command: arguments, validation, one call. The work stands elsewhere. */
package convoy.jobs.command;
