/**
 * The basis of all jobs: errors that a user can correct, exit codes, the version. It imports no
 * other package of the module.
 */
package convoy.jobs.base;
