/**
 * What people see of a running command: one line that is redrawn in place, what passes above it,
 * and the line that ends an interrupted command. It imports no other package of the module.
 */
package convoy.jobs.terminal;
