/**
 * Weights of other programs: a file a format and a registry, each giving named tensors and, where
 * the format tells of them, layers; then one step that matches them with a network of the zoo.
 * Nothing is passed over in silence.
 */
package convoy.zoo.importing;
