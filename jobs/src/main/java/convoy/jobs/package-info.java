/** The command line: one entry, one exit. */
package convoy.jobs;
