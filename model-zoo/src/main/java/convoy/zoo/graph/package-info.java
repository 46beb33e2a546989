/**
 * The zoo's layer words and one graph type: shapes, parameters and multiply-adds as pure values. No
 * engine, no memory for parameters.
 */
package convoy.zoo.graph;
