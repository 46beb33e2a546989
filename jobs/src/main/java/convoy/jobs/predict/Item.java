package convoy.jobs.predict;

import convoy.data.image.BadPictureException;
import convoy.data.image.Picture;
import java.io.IOException;

/**
 * One picture to come.
 *
 * @param key what the caller knows it by
 * @param group minibatches never mix groups
 * @param picture reads and decodes; called once, on the feed's thread
 */
public record Item<K>(K key, int group, Reading picture) {
  /** Reads and decodes one picture. */
  @FunctionalInterface
  public interface Reading {
    Picture read() throws BadPictureException, IOException;
  }
}
