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

  /** The first directory of the structure that begins at {@code start}. */
  static ImageFileDirectory first(Bytes bytes, long start) throws BadPictureException {
    return new ImageFileDirectory(bytes, start);
  }

  /** Exif orientation 1 to 8, and 1 where the structure is damaged: pixels matter more. */
  static int orientation(Bytes bytes, long start) {
    try {
      long value = first(bytes, start).number(ORIENTATION, 1);
      return value >= 1 && value <= 8 ? (int) value : 1;
    } catch (BadPictureException damaged) {
      return 1;
    }
  }

  /** First value of a tag. */
  long number(int tag, long otherwise) throws BadPictureException {
    Numbers numbers = numbers(tag);
    return numbers.count() == 0 ? otherwise : number(numbers, 0);
  }

  /**
   * Where the values of a tag stand. They are read one by one: a file may state as many as it has
   * bytes.
   *
   * @param width of each, in bytes
   */
  record Numbers(long at, int width, long count) {
    private static final Numbers NONE = new Numbers(0, 0, 0);
  }

  /** The value of that index. */
  long number(Numbers numbers, long index) throws BadPictureException {
    long place = numbers.at() + index * numbers.width();
    return numbers.width() == 2 ? u16(place) : u32(place);
  }

  /** Values of a tag, none when it is absent or of no integer type. */
  Numbers numbers(int tag) throws BadPictureException {
    for (int i = 0; i < count; i++) {
      long entry = entries + 12L * i;
      if (u16(entry) == tag) {
        return values(entry);
      }
    }

    return Numbers.NONE;
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
