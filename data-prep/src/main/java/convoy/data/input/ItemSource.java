package convoy.data.input;

import convoy.data.image.BadPictureException;
import java.io.Closeable;
import java.io.IOException;

/**
 * Pictures to come, in order. The thread of one {@link MinibatchFeed} makes all calls, apart from
 * {@link #reject}, which may come from any of its decoding threads.
 *
 * @param <K> what the caller knows a picture by
 */
public interface ItemSource<K> extends Closeable {
  /** The next item, or null at the end. Blocks while its bytes are being read. */
  FeedItem<K> next() throws IOException, InterruptedException;

  /**
   * Decides what becomes of an item that could not be decoded.
   *
   * @param failure a {@link BadPictureException}, a RuntimeException or an OutOfMemoryError
   * @return the reason that stands in the minibatch in place of the picture
   * @throws IOException where one such item ends the feed
   */
  BadPictureException reject(K key, Throwable failure) throws IOException;
}
