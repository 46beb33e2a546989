/**
 * Imports weights of other programs. Each file format has one class and one line in a registry. It
 * supplies named tensors and, if the file describes them, layers. One further step then matches
 * these with a network of the zoo. Nothing in a file is ignored silently.
 */
package convoy.zoo.importing;
