/**
 * Layers as plain Java loops over float32 buffers: what no native library has, or does slower. Used
 * by every engine, so that each is written once.
 */
package convoy.zoo.loops;
