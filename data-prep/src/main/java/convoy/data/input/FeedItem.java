package convoy.data.input;

import convoy.data.image.BadPictureException;
import convoy.data.image.Picture;
import java.io.IOException;

/**
 * One picture that will be decoded.
 *
 * @param key the caller's name for it
 * @param group a minibatch never holds items of two groups
 * @param label class index, or {@link #NO_LABEL}
 * @param seed of its augmentation; the evaluation pipeline ignores it
 * @param picture decodes it; called once, by any thread
 */
public record FeedItem<K>(K key, int group, int label, long seed, Decoding picture) {
  public static final int NO_LABEL = -1;

  @FunctionalInterface
  public interface Decoding {
    Picture decode() throws BadPictureException, IOException, InterruptedException;
  }
}
