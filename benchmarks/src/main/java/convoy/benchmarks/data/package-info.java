/**
 * Compares ways from picture files to network input on one core. It is not part of the default
 * build.
 */
package convoy.benchmarks.data;
