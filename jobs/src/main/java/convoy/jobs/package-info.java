/** The command line, with the only entry point and the only exit of the program. */
package convoy.jobs;
