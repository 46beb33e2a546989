/**
 * The native libraries of this process: ND4J's runtime, and the environment that it was started in.
 */
package convoy.zoo.natives;
