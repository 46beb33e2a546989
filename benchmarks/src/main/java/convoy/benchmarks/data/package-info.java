/**
 * From picture files to network input beside other ways to the same pixels, on one core. Outside
 * the default build.
 */
package convoy.benchmarks.data;
