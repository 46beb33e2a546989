/**
 * How the rest of the project sees a network: it loads tensors, computes a gradient, applies an
 * update and predicts. Values go in and out as JDK types. The engines that execute networks live in
 * packages of their own, and only {@code Engines} names them.
 */
package convoy.zoo.engine;
