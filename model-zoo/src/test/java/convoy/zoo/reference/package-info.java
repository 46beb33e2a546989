/**
 * Every layer word as plain loops in double, forward and backward: slow, and easy to check by eye.
 */
package convoy.zoo.reference;
