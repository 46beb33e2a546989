/**
 * The engine {@code nd4j}: steps over ND4J's own operations, the reference that the compiled plan
 * is compared with.
 */
package convoy.zoo.nd4j;
