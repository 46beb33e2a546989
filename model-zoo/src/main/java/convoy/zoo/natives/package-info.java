/**
 * The native libraries of this process: ND4J's runtime, and the environment in which the process
 * was started.
 */
package convoy.zoo.natives;
