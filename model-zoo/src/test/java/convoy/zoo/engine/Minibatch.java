package convoy.zoo.engine;

import convoy.zoo.graph.Graph;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;

/** Random pictures and labels for tests. */
public final class Minibatch {
  private final FloatBuffer images;
  private final int[] labels;

  private Minibatch(FloatBuffer images, int[] labels) {
    this.images = images;
    this.labels = labels;
  }

  /** Draws {@code size} pictures with values in [-1, 1) that fit the graph. */
  public static Minibatch drawn(Graph graph, int size, long seed) {
    Random random = new Random(seed);
    FloatBuffer images = direct(size * graph.input().size());
    for (int i = 0; i < images.capacity(); i++) {
      images.put(i, 2 * random.nextFloat() - 1);
    }

    int[] labels = random.ints(size, 0, graph.classes()).toArray();
    return new Minibatch(images, labels);
  }

  public FloatBuffer images() {
    return images;
  }

  public int[] labels() {
    return labels;
  }

  public int size() {
    return labels.length;
  }

  /** Returns the examples from {@code from} to {@code to} (exclusive). */
  public Minibatch part(int from, int to) {
    int length = images.capacity() / size();
    FloatBuffer part = direct((to - from) * length);
    part.put(0, images, from * length, part.capacity());
    return new Minibatch(part, Arrays.copyOfRange(labels, from, to));
  }

  public static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  public static float[] values(FlatVector vector) {
    float[] values = new float[vector.length()];
    vector.read(0, FloatBuffer.wrap(values));
    return values;
  }
}
