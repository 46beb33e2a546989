/**
 * DL4J's own network for a graph of the zoo: what the dl4j strategy trains, and a reference in
 * tests.
 */
package convoy.zoo.dl4j;
