package convoy.zoo.importing;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The numbers of a tensor in another order than they lie in: axes as sizes and strides over them.
 * Nothing moves before {@link #read}.
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

  /** Numbers that lie with the last index running fastest. */
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

  /** Numbers that lie with the first index running fastest. */
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

  /** Axis i of the result is axis {@code axes[i]} of this. */
  TensorView permuted(int... axes) {
    return new TensorView(
        Arrays.stream(axes).mapToObj(axis -> sizes[axis]).toList(),
        words,
        start,
        Arrays.stream(axes).map(axis -> sizes[axis]).toArray(),
        Arrays.stream(axes).map(axis -> strides[axis]).toArray());
  }

  /** One axis read from its end. */
  TensorView reversed(int axis) {
    int[] turned = strides.clone();
    turned[axis] = -turned[axis];
    return new TensorView(shape, words, start + (sizes[axis] - 1) * strides[axis], sizes, turned);
  }

  /** The first axis taken apart, the last part running fastest. */
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

  /** The same numbers in the same order under another shape. */
  TensorView shaped(List<Integer> other) {
    return new TensorView(other, words, start, sizes, strides);
  }

  /** What happened to the axes, for people; empty for nothing. */
  TensorView described(String change) {
    String both = words.isEmpty() ? change : words + ", " + change;
    return new TensorView(shape, both, start, sizes, strides);
  }

  public List<Integer> shape() {
    return shape;
  }

  /** What is done to the file's order, such as {@code HWIO to OIHW}; empty for nothing. */
  public String words() {
    return words;
  }

  /** Fills {@code into} with the numbers from {@code from} on, counted in this view's order. */
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
