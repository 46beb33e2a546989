package convoy.data.input;

import convoy.data.image.BadPictureException;
import java.io.Closeable;
import java.io.IOException;

/**
 * Pictures that will be decoded, in order. The thread of one {@link MinibatchFeed} makes all calls,
 * except {@link #reject}, which any of its decoding threads may call.
 *
 * @param <K> the caller's name for a picture
 */
public interface ItemSource<K> extends Closeable {
  /** Returns the next item, or null at the end. Blocks while its bytes are being read. */
  FeedItem<K> next() throws IOException, InterruptedException;

  /**
   * Decides what happens to an item that could not be decoded.
   *
   * @param failure a {@link BadPictureException}, a RuntimeException or an OutOfMemoryError
   * @return the reason, which takes the picture's place in the minibatch
   * @throws IOException if one such item ends the feed
   */
  BadPictureException reject(K key, Throwable failure) throws IOException;
}
