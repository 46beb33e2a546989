/**
 * The face of a network for everything outside the zoo: load tensors, compute a gradient, apply an
 * update, predict. Values go in and out as JDK types; what executes stands behind it in packages of
 * its own, which {@code Engines} alone names.
 */
package convoy.zoo.engine;
