/**
 * The engine {@code plan}: a network compiled for its shapes into a list of oneDNN primitives, with
 * layouts kept between layers and memory planned ahead. One class for each kind of layer; nothing
 * else in the project knows oneDNN.
 */
package convoy.zoo.plan;
