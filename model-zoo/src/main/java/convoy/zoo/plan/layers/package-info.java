/**
 * One class for each kind of layer: what it writes into an {@code Assembly} for its forward and
 * backward pass.
 */
package convoy.zoo.plan.layers;
