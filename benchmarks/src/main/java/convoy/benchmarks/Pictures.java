package convoy.benchmarks;

import convoy.zoo.graph.Graph;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;

/** The minibatch for every engine, with the same floats in every process. */
final class Pictures {
  private static final long SEED = 1;

  private final FloatBuffer images;
  private final int[] labels;

  private Pictures(FloatBuffer images, int[] labels) {
    this.images = images;
    this.labels = labels;
  }

  static Pictures drawn(Graph graph, int size) {
    Random random = new Random(SEED);
    FloatBuffer images = direct(size * graph.input().size());
    for (int i = 0; i < images.capacity(); i++) {
      images.put(i, 2 * random.nextFloat() - 1);
    }

    return new Pictures(images, random.ints(size, 0, graph.classes()).toArray());
  }

  /** Returns this many pictures of the minibatch, from a place on. The memory is shared. */
  Pictures part(int from, int size) {
    int picture = images.capacity() / labels.length;
    return new Pictures(
        images.slice(from * picture, size * picture),
        Arrays.copyOfRange(labels, from, from + size));
  }

  /** Returns NCHW values in [-1, 1), in a direct buffer. */
  FloatBuffer images() {
    return images;
  }

  int[] labels() {
    return labels;
  }

  /** Returns the mean loss of {@code size * classes} probabilities. */
  double loss(FloatBuffer probabilities) {
    int classes = probabilities.limit() / labels.length;
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      sum -= Math.log(probabilities.get(i * classes + labels[i]));
    }

    return sum / labels.length;
  }

  static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
