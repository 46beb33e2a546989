package convoy.data.image;

/**
 * What a BMP states: the 12 bytes of OS/2, or the 40 bytes of Windows and what later versions put
 * after them (BITMAPCOREHEADER, BITMAPINFOHEADER, BITMAPV2HEADER to BITMAPV5HEADER).
 *
 * @param size of the header in bytes
 * @param topDown whether the first row in the file is the top one
 * @param compression one of the constants of this class, or a number that is not read
 * @param colours number of palette entries, 0 without a palette
 * @param pixelsAt place of the first pixel in the file
 */
record BmpHeader(
    long size,
    long width,
    long height,
    boolean topDown,
    int bits,
    long compression,
    int colours,
    long pixelsAt) {
  private static final int FILE_HEADER = 14;
  private static final int OS2 = 12;
  private static final int WINDOWS = 40;

  /** The second version of OS/2 gives the compression numbers from 3 on other meanings. */
  private static final int OS2_SECOND = 64;

  /** From this version on, the header has a mask for alpha. */
  private static final int WITH_ALPHA = 56;

  /** The masks have this place, whether they are part of the header or follow it. */
  private static final int MASKS_AT = FILE_HEADER + WINDOWS;

  private static final int RGB = 0;
  static final int RLE8 = 1;
  static final int RLE4 = 2;
  private static final int MASKS = 3;
  private static final int MASKS_AND_ALPHA = 6;

  static BmpHeader of(Bytes bytes) throws BadPictureException {
    long size = bytes.u32Little(FILE_HEADER);
    if (size == OS2) {
      return new BmpHeader(
          size,
          bytes.u16Little(18),
          bytes.u16Little(20),
          false,
          bytes.u16Little(24),
          RGB,
          colours(bytes.u16Little(24), 0),
          pixelsAt(bytes, size, bytes.u16Little(24), 0));
    }

    if (size < WINDOWS) {
      throw bytes.unsupported("a header of " + size + " bytes in a");
    }

    // A negative height means that the top row comes first.
    int height = (int) bytes.u32Little(22);
    int bits = bytes.u16Little(28);
    long used = bytes.u32Little(46);
    return new BmpHeader(
        size,
        (int) bytes.u32Little(18),
        Math.abs((long) height),
        height < 0,
        bits,
        bytes.u32Little(30),
        colours(bits, used),
        pixelsAt(bytes, size, bits, used));
  }

  private static int colours(int bits, long used) {
    long most = bits <= 8 ? 1L << bits : 0;
    return (int) (used == 0 ? most : Math.min(most, used));
  }

  /** A place before the palette's end is corrected only if it is the palette's begin. */
  private static long pixelsAt(Bytes bytes, long size, int bits, long used)
      throws BadPictureException {
    long at = bytes.u32Little(10);
    long palette = FILE_HEADER + size;
    boolean corrected = at == 0 || (at == palette && bits <= 8);
    return corrected ? palette + colours(bits, used) * entryBytes(size) : at;
  }

  private static long entryBytes(long size) {
    return size == OS2 ? 3 : 4;
  }

  /** Fails unless this variant is read. */
  void require(Bytes bytes) throws BadPictureException {
    if (pixelsAt < FILE_HEADER + size) {
      throw bytes.broken("states that its pixels begin inside its header");
    }

    boolean known =
        switch ((int) compression) {
          case RGB ->
              bits == 1
                  || bits == 2
                  || bits == 4
                  || bits == 8
                  || bits == 16
                  || bits == 24
                  || bits == 32;
          case RLE8 -> bits == 8;
          case RLE4 -> bits == 4;
          case MASKS, MASKS_AND_ALPHA ->
              size != OS2_SECOND && (bits == 16 || bits == 24 || bits == 32);
          default -> false;
        };
    if (!known) {
      throw bytes.unsupported(bits + "-bit compression-" + compression);
    }
  }

  boolean runs() {
    return compression == RLE8 || compression == RLE4;
  }

  /** The bytes of a row without compression. */
  long stride() {
    return (width * bits + 31) / 32 * 4;
  }

  /** The place of a row, counted from the top, in a file without compression. */
  int rowAt(int y) {
    return (int) (pixelsAt + stride() * (topDown ? y : height - 1 - y));
  }

  /** The palette as three bytes an entry, red first. Entries that the file lacks are black. */
  byte[] palette(Bytes bytes) throws BadPictureException {
    byte[] palette = new byte[3 << bits];
    for (int i = 0; i < colours; i++) {
      long at = FILE_HEADER + size + i * entryBytes(size);
      for (int channel = 0; channel < 3; channel++) {
        palette[3 * i + channel] = (byte) bytes.u8(at + 2 - channel);
      }
    }

    return palette;
  }

  /** The masks of red, green, blue and alpha; a mask is 0 if there is no such channel. */
  long[] masks(Bytes bytes) throws BadPictureException {
    long[] masks = new long[4];
    if (compression == MASKS || compression == MASKS_AND_ALPHA) {
      boolean alpha = size >= WITH_ALPHA || compression == MASKS_AND_ALPHA;
      for (int i = 0; i < (alpha ? 4 : 3); i++) {
        masks[i] = bytes.u32Little(MASKS_AT + 4L * i);
      }
    }

    if ((masks[0] | masks[1] | masks[2]) != 0) {
      return masks;
    }

    return bits == 16
        ? new long[] {0x7c00, 0x3e0, 0x1f, 0}
        : new long[] {0xff0000, 0xff00, 0xff, 0};
  }
}
