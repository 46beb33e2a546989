/**
 * Update rules, one file each and a registry; one pass over flat vectors, which lie in the engine's
 * layouts: a rule sees one value at a time, never a tensor's shape.
 */
package convoy.zoo.optimizer;
