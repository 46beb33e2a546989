/**
 * Compares the engine with other engines on the same cores. Each engine has a separate process, and
 * the engines take turns for each measurement. It is not part of the default build.
 */
package convoy.benchmarks;
