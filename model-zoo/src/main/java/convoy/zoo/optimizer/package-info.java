/**
 * Update rules, with one file for each and a registry. An update is one pass over flat vectors in
 * the engine's layouts, so a rule sees one value at a time and never the shape of a tensor.
 */
package convoy.zoo.optimizer;
