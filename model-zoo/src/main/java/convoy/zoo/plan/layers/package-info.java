/**
 * One class for each kind of layer. It writes the layer's forward and backward pass into an {@code
 * Assembly}.
 */
package convoy.zoo.plan.layers;
