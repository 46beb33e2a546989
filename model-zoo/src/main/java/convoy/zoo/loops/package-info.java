/**
 * Layers as plain Java loops over float32 buffers. They are here because no native library has them
 * or because the library's version is slower. All engines use the same loops.
 */
package convoy.zoo.loops;
