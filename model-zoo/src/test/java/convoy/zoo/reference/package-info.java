/**
 * Every kind of layer as plain loops in double, forward and backward. They are slow but easy to
 * check by reading.
 */
package convoy.zoo.reference;
