package convoy.data.resample;

/** How a middle square is placed where an odd number of pixels is cut off. */
public enum Centring {
  /** The smaller part is cut off at the left and at the top, as in Caffe. */
  DOWN,
  /** Half of the rest is rounded to the even number, as Python's round and so torchvision do. */
  HALF_EVEN;

  /** Returns the first of {@code part} pixels in the middle of {@code whole}. */
  public int first(int whole, int part) {
    int rest = whole - part;
    return this == DOWN ? rest / 2 : (int) Math.rint(rest / 2.0);
  }
}
