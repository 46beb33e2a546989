package convoy.zoo.importing;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Shows the values of a tensor in a different order than the one in which they are stored: each
 * axis has a size and a stride over them. No value moves before {@link #read}.
 */
public final class TensorView {
  private final List<Integer> shape;
  private final String words;
  private final int start;
  private final int[] sizes;
  private final int[] strides;

  private TensorView(List<Integer> shape, String words, int start, int[] sizes, int[] strides) {
    this.shape = List.copyOf(shape);
    this.words = words;
    this.start = start;
    this.sizes = sizes;
    this.strides = strides;
  }

  /** Views values that are stored with the last index running fastest. */
  static TensorView rowMajor(List<Integer> shape) {
    int[] sizes = shape.stream().mapToInt(Integer::intValue).toArray();
    int[] strides = new int[sizes.length];
    int stride = 1;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride = Math.multiplyExact(stride, sizes[axis]);
    }

    return new TensorView(shape, "", 0, sizes, strides);
  }

  /** Views values that are stored with the first index running fastest. */
  static TensorView columnMajor(List<Integer> shape) {
    int[] sizes = shape.stream().mapToInt(Integer::intValue).toArray();
    int[] strides = new int[sizes.length];
    int stride = 1;
    for (int axis = 0; axis < sizes.length; axis++) {
      strides[axis] = stride;
      stride = Math.multiplyExact(stride, sizes[axis]);
    }

    return new TensorView(shape, "Fortran order", 0, sizes, strides);
  }

  /** Returns a view whose axis i is axis {@code axes[i]} of this one. */
  TensorView permuted(int... axes) {
    return new TensorView(
        Arrays.stream(axes).mapToObj(axis -> sizes[axis]).toList(),
        words,
        start,
        Arrays.stream(axes).map(axis -> sizes[axis]).toArray(),
        Arrays.stream(axes).map(axis -> strides[axis]).toArray());
  }

  /** Returns a view in which one axis runs from its end to its start. */
  TensorView reversed(int axis) {
    int[] turned = strides.clone();
    turned[axis] = -turned[axis];
    return new TensorView(shape, words, start + (sizes[axis] - 1) * strides[axis], sizes, turned);
  }

  /** Returns a view whose first axis is split into several, of which the last runs fastest. */
  TensorView firstAxisAs(int... parts) {
    List<Integer> split = new ArrayList<>();
    int[] newSizes = new int[parts.length + sizes.length - 1];
    int[] newStrides = new int[newSizes.length];
    System.arraycopy(sizes, 1, newSizes, parts.length, sizes.length - 1);
    System.arraycopy(strides, 1, newStrides, parts.length, sizes.length - 1);
    int stride = strides[0];
    for (int part = parts.length - 1; part >= 0; part--) {
      newSizes[part] = parts[part];
      newStrides[part] = stride;
      stride *= parts[part];
    }

    for (int size : newSizes) {
      split.add(size);
    }

    return new TensorView(split, words, start, newSizes, newStrides);
  }

  /** Returns a view of the same values in the same order with a different shape. */
  TensorView shaped(List<Integer> other) {
    return new TensorView(other, words, start, sizes, strides);
  }

  /**
   * Returns a view with words for people that tell how its axes were changed; an empty text adds
   * nothing.
   */
  TensorView described(String change) {
    String both = words.isEmpty() ? change : words + ", " + change;
    return new TensorView(shape, both, start, sizes, strides);
  }

  public List<Integer> shape() {
    return shape;
  }

  /**
   * Returns how the file's order was changed, such as {@code HWIO to OIHW}. It is empty for no
   * change.
   */
  public String words() {
    return words;
  }

  /**
   * Fills {@code into} with the values that start at {@code from}, counted in this view's order.
   */
  void read(FloatBuffer numbers, int from, FloatBuffer into) {
    int last = sizes.length - 1;
    if (last < 0) {
      into.put(numbers.get(start));
      return;
    }

    int[] index = new int[sizes.length];
    int rest = from;
    int at = start;
    for (int axis = last; axis >= 0; axis--) {
      index[axis] = rest % sizes[axis];
      rest /= sizes[axis];
      at += index[axis] * strides[axis];
    }

    while (into.hasRemaining()) {
      int run = Math.min(into.remaining(), sizes[last] - index[last]);
      copy(numbers, at, strides[last], run, into);
      index[last] += run;
      at += run * strides[last];
      for (int axis = last; axis > 0 && index[axis] == sizes[axis]; axis--) {
        at += strides[axis - 1] - sizes[axis] * strides[axis];
        index[axis] = 0;
        index[axis - 1]++;
      }
    }
  }

  private static void copy(FloatBuffer from, int at, int stride, int count, FloatBuffer into) {
    if (stride == 1) {
      into.put(into.position(), from, at, count);
      into.position(into.position() + count);
      return;
    }

    for (int i = 0; i < count; i++) {
      into.put(from.get(at + i * stride));
    }
  }
}
