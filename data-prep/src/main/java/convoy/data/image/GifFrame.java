package convoy.data.image;

import java.util.Arrays;

/**
 * Where the first frame of a GIF stands and what it looks like.
 *
 * @param x of its left column on the screen
 * @param y of its top row on the screen
 * @param paletteAt place of its palette in the file, or 0 if it has none
 * @param colours number of colours in its palette
 * @param transparent index of the transparent colour, or -1
 * @param dataBytes number of bytes of its compressed pixels
 */
record GifFrame(
    int x,
    int y,
    int width,
    int height,
    long paletteAt,
    int colours,
    int transparent,
    long dataBytes) {
  private static final int SCREEN_END = 13;
  private static final int FRAME = 0x2c;
  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xf9;

  /** Reads up to the end of the frame, and fails as truncated if there is none. */
  static GifFrame first(Bytes bytes) throws BadPictureException {
    int screenColours = colours(bytes.u8(10));
    int transparent = -1;
    long at = SCREEN_END + 3L * screenColours;
    while (bytes.u8(at) != FRAME) {
      if (bytes.u8(at) != EXTENSION) {
        throw bytes.broken("has no picture data");
      }

      if (bytes.u8(at + 1) == GRAPHIC_CONTROL) {
        transparent = (bytes.u8(at + 3) & 1) != 0 ? bytes.u8(at + 6) : -1;
      }

      at = skipSubBlocks(bytes, at + 2);
    }

    int own = colours(bytes.u8(at + 9));
    long ownAt = at + 10;
    long dataAt = ownAt + 3L * own + 1;
    return new GifFrame(
        bytes.u16Little(at + 1),
        bytes.u16Little(at + 3),
        bytes.u16Little(at + 5),
        bytes.u16Little(at + 7),
        own > 0 ? ownAt : screenColours > 0 ? SCREEN_END : 0,
        own > 0 ? own : screenColours,
        transparent,
        skipSubBlocks(bytes, dataAt) - dataAt);
  }

  private static int colours(int flags) {
    return (flags & 0x80) == 0 ? 0 : 2 << (flags & 7);
  }

  /** Returns the place after the last of these blocks. */
  private static long skipSubBlocks(Bytes bytes, long from) throws BadPictureException {
    long at = from;
    int length = bytes.u8(at);
    while (length > 0) {
      at += 1 + length;
      length = bytes.u8(at);
    }

    return at + 1;
  }

  /**
   * Returns red, green and blue of 256 colours: grays if there is no palette, and white in place of
   * the transparent colour.
   */
  byte[] palette(Bytes bytes) throws BadPictureException {
    byte[] palette = new byte[3 * 256];
    for (int i = 0; i < palette.length; i++) {
      palette[i] = (byte) (colours == 0 ? i / 3 : i < 3 * colours ? bytes.u8(paletteAt + i) : 0);
    }

    if (transparent >= 0) {
      Arrays.fill(palette, 3 * transparent, 3 * transparent + 3, (byte) 255);
    }

    return palette;
  }
}
