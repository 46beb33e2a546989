package convoy.data.input;

import convoy.data.image.BadPictureException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Pictures side by side in one buffer, and an entry for each item, including bad ones, in the order
 * of the source. It is valid until the feed returns the next one.
 */
public final class Minibatch<K> {
  private final FloatBuffer images;
  private final int[] labels;
  private final int pictureLength;
  private final List<Entry<K>> entries = new ArrayList<>();
  private int size;

  /**
   * @param pictureLength floats of one picture
   */
  Minibatch(FloatBuffer images, int batchSize, int pictureLength) {
    if (images.capacity() < Math.multiplyExact(batchSize, pictureLength)) {
      throw new IllegalArgumentException(
          "a buffer of %d floats is too small for %d pictures of %d floats"
              .formatted(images.capacity(), batchSize, pictureLength));
    }

    this.images = images;
    this.labels = new int[batchSize];
    this.pictureLength = pictureLength;
  }

  /**
   * One item.
   *
   * @param width upright, in pixels
   * @param place index of its picture in the buffer; it means nothing if there is a problem
   * @param problem why there is no picture, or null
   */
  public record Entry<K>(
      K key, int label, int width, int height, int place, BadPictureException problem) {
    static <K> Entry<K> bad(K key, BadPictureException problem) {
      return new Entry<>(key, FeedItem.NO_LABEL, 0, 0, -1, problem);
    }

    private Entry<K> at(int newPlace) {
      return new Entry<>(key, label, width, height, newPlace, problem);
    }
  }

  /**
   * Returns the network inputs (NCHW) of {@link #size} pictures, from position 0 on, in a direct
   * buffer.
   */
  public FloatBuffer images() {
    return images;
  }

  /** Returns the labels of {@link #size} pictures. */
  public int[] labels() {
    return labels;
  }

  /** Returns the number of pictures in the buffer. Bad items don't count. */
  public int size() {
    return size;
  }

  public List<Entry<K>> entries() {
    return Collections.unmodifiableList(entries);
  }

  void clear() {
    images.clear();
    entries.clear();
    size = 0;
  }

  /** Returns the part of the buffer for the pixels of one picture. */
  FloatBuffer room(int place) {
    return images.slice(place * pictureLength, pictureLength);
  }

  /**
   * Adds the next item in order. Its picture moves down to fill the room that bad items have left.
   */
  void add(Entry<K> entry) {
    if (entry.problem() != null) {
      entries.add(entry);
      return;
    }

    if (entry.place() != size) {
      images.put(size * pictureLength, images, entry.place() * pictureLength, pictureLength);
    }

    labels[size] = entry.label();
    entries.add(entry.at(size));
    size++;
  }
}
