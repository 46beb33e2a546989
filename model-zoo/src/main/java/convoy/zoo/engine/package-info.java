/**
 * The face of a network for everything outside the zoo: load tensors, compute a gradient, apply an
 * update, predict. JDK types only; what executes stands behind it in a package of its own.
 */
package convoy.zoo.engine;
