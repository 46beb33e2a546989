/**
 * The native memory of a plan: oneDNN's handles, operands and their places, the parameters in the
 * layouts of their primitives, and copies between layouts.
 */
package convoy.zoo.plan.memory;
