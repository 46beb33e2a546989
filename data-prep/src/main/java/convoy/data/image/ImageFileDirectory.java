package convoy.data.image;

/** The first directory of tags of a TIFF structure, which Exif uses too (TIFF 6.0, section 2). */
final class ImageFileDirectory {
  private static final int ORIENTATION = 274;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  private final Bytes bytes;
  private final long start;
  private final boolean little;
  private final long entries;
  private final int count;

  private ImageFileDirectory(Bytes bytes, long start) throws BadPictureException {
    this.bytes = bytes;
    this.start = start;
    this.little = bytes.has(start, "II");
    if (!little && !bytes.has(start, "MM")) {
      throw bytes.broken("has no byte order in its directory");
    }

    long directory = start + u32(start + 4);
    this.count = u16(directory);
    this.entries = directory + 2;
  }

  /** Reads the first directory of the structure that begins at {@code start}. */
  static ImageFileDirectory first(Bytes bytes, long start) throws BadPictureException {
    return new ImageFileDirectory(bytes, start);
  }

  /**
   * Returns the Exif orientation 1 to 8, or 1 if the structure is damaged: the pixels matter more.
   */
  static int orientation(Bytes bytes, long start) {
    try {
      long value = first(bytes, start).number(ORIENTATION, 1);
      return value >= 1 && value <= 8 ? (int) value : 1;
    } catch (BadPictureException damaged) {
      return 1;
    }
  }

  /** Returns the first value of a tag. */
  long number(int tag, long otherwise) throws BadPictureException {
    Numbers numbers = numbers(tag);
    return numbers.count() == 0 ? otherwise : number(numbers, 0);
  }

  /**
   * The place of a tag's values. They are read one by one, because a file may claim as many values
   * as it has bytes.
   *
   * @param width bytes of each value
   */
  record Numbers(long at, int width, long count) {
    private static final Numbers NONE = new Numbers(0, 0, 0);
  }

  /** Returns the value at that index. */
  long number(Numbers numbers, long index) throws BadPictureException {
    long place = numbers.at() + index * numbers.width();
    return numbers.width() == 2 ? u16(place) : u32(place);
  }

  /** Returns the values of a tag. There are none if it is absent or its type is not an integer. */
  Numbers numbers(int tag) throws BadPictureException {
    for (int i = 0; i < count; i++) {
      long entry = entries + 12L * i;
      if (u16(entry) == tag) {
        return values(entry);
      }
    }

    return Numbers.NONE;
  }

  /** Returns whether numbers have the byte order of Intel. */
  boolean little() {
    return little;
  }

  /** Returns the place of the first entry; each takes 12 bytes. */
  long entries() {
    return entries;
  }

  int count() {
    return count;
  }

  private Numbers values(long entry) throws BadPictureException {
    int type = u16(entry + 2);
    if (type != SHORT && type != LONG) {
      return Numbers.NONE;
    }

    int width = type == SHORT ? 2 : 4;
    long length = u32(entry + 4);
    long at = length * width <= 4 ? entry + 8 : start + u32(entry + 8);
    bytes.need(at, length * width);
    return new Numbers(at, width, length);
  }

  private int u16(long at) throws BadPictureException {
    return little ? bytes.u16Little(at) : bytes.u16(at);
  }

  private long u32(long at) throws BadPictureException {
    return little ? bytes.u32Little(at) : bytes.u32(at);
  }
}
