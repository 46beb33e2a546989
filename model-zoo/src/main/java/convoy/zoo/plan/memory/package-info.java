/**
 * Native memory of a plan: oneDNN's handles, operands and where they lie, the parameters in their
 * primitives' layouts, and copies between layouts.
 */
package convoy.zoo.plan.memory;
