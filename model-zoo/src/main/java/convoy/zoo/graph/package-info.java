/**
 * The kinds of layers in the zoo and the type of a graph: shapes, parameters and multiply-adds as
 * pure values. This package has no engine and takes no memory for parameters.
 */
package convoy.zoo.graph;
