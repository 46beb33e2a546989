package convoy.data.image;

/**
 * Run lengths of a BMP (BI_RLE8 and BI_RLE4). What a run has beyond the end of its row is padding
 * of some writers and is left out. Pixels that the runs skip have index 0.
 */
final class BmpRuns {
  private static final int END_OF_ROW = 0;
  private static final int END = 1;
  private static final int SKIP = 2;

  private final Bytes bytes;
  private final int width;
  private final int height;
  private final boolean topDown;
  private final boolean nibbles;
  private final byte[] indexes;
  private int x;
  private int y;

  private BmpRuns(Bytes bytes, BmpHeader header) {
    this.bytes = bytes;
    this.width = (int) header.width();
    this.height = (int) header.height();
    this.topDown = header.topDown();
    this.nibbles = header.compression() == BmpHeader.RLE4;
    this.indexes = new byte[width * height];
  }

  /** Returns an index for each pixel, the top row first. */
  static byte[] indexes(Bytes bytes, BmpHeader header) throws BadPictureException {
    BmpRuns runs = new BmpRuns(bytes, header);
    runs.read(header.pixelsAt());
    return runs.indexes;
  }

  private void read(long from) throws BadPictureException {
    long at = from;
    while (y < height && !(y == height - 1 && x >= width)) {
      int count = bytes.u8(at);
      int value = bytes.u8(at + 1);
      at += 2;
      if (count > 0) {
        for (int i = 0; i < count; i++) {
          put(nibbles ? (value >> (i % 2 == 0 ? 4 : 0)) & 0xf : value);
        }
      } else if (value == END_OF_ROW) {
        x = 0;
        y++;
      } else if (value == END) {
        return;
      } else if (value == SKIP) {
        x = Math.min(width, x + bytes.u8(at));
        y += bytes.u8(at + 1);
        at += 2;
      } else {
        at += listed(at, value);
      }
    }
  }

  /** Reads pixels that are listed one by one, and returns their bytes, an even number. */
  private int listed(long at, int count) throws BadPictureException {
    for (int i = 0; i < count; i++) {
      int value = bytes.u8(at + (nibbles ? i / 2 : i));
      put(nibbles ? (value >> (i % 2 == 0 ? 4 : 0)) & 0xf : value);
    }

    int length = nibbles ? (count + 1) / 2 : count;
    return length + length % 2;
  }

  private void put(int index) {
    if (x < width && y < height) {
      int row = topDown ? y : height - 1 - y;
      indexes[row * width + x++] = (byte) index;
    }
  }
}
