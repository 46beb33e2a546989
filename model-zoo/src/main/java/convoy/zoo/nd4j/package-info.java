/**
 * The engine {@code nd4j}: steps over ND4J's own operations. It is the reference with which the
 * compiled plan is compared.
 */
package convoy.zoo.nd4j;
