/**
 * DL4J's own network for a graph of the zoo. The dl4j strategy trains it, and tests use it as a
 * reference.
 */
package convoy.zoo.dl4j;
