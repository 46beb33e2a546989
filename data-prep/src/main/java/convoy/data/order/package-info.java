/**
 * Decides which example is the k-th of worker w in epoch e, by pure functions of (row group sizes,
 * seed, epoch, workers). Nothing here reads a file.
 */
package convoy.data.order;
