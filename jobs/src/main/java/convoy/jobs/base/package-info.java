/**
 * The ground of all jobs: errors that a user can mend, exit codes, the version. Imports no other
 * package of the module.
 */
package convoy.jobs.base;
