/**
 * The one way from stored pictures to minibatches, for training, evaluation and scoring. In the
 * order of the data:
 *
 * <ol>
 *   <li>An {@link convoy.data.input.ItemSource} names the pictures in order: {@link
 *       convoy.data.input.EpochSource} one worker's part of an epoch, {@link
 *       convoy.data.input.RowGroupSource} stored row groups, {@link convoy.data.input.FileSource}
 *       files. It reads bytes ahead and holds a bounded number of them.
 *   <li>A {@link convoy.data.input.MinibatchFeed} decodes the items ahead of the network and writes
 *       them, normalized, into a ring of direct buffers.
 *   <li>A {@link convoy.data.input.Minibatch} is one buffer of that ring: NCHW floats, labels and a
 *       size, in the order of the source.
 * </ol>
 *
 * <p>Nothing here knows a network or Spark.
 */
package convoy.data.input;
