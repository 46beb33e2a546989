package convoy.jobs.predict;

import convoy.data.image.BadPictureException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Pictures side by side in one buffer, and the bad ones between them, in the order they came. */
final class Minibatch<K> {
  private final FloatBuffer images;
  private final List<Entry<K>> entries = new ArrayList<>();
  private int size;

  Minibatch(FloatBuffer images) {
    this.images = images;
  }

  /** One item: its size in pixels and its place in the buffer, or what is wrong with it. */
  record Entry<K>(K key, int width, int height, int place, BadPictureException problem) {}

  FloatBuffer images() {
    return images;
  }

  List<Entry<K>> entries() {
    return entries;
  }

  /** Pictures in the buffer; the bad ones don't count. */
  int size() {
    return size;
  }

  void clear() {
    images.clear();
    entries.clear();
    size = 0;
  }

  void add(K key, int width, int height) {
    entries.add(new Entry<>(key, width, height, size++, null));
  }

  void addBad(K key, BadPictureException problem) {
    entries.add(new Entry<>(key, 0, 0, -1, problem));
  }
}
