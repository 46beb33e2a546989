/**
 * The engine beside other engines on the same cores: each in a process of its own, asked in turn
 * for one measurement after another. Outside the default build.
 */
package convoy.benchmarks;
