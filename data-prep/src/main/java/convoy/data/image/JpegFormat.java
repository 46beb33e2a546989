package convoy.data.image;

/**
 * JPEG (ITU-T T.81, Annex B). Its segments are read up to the frame header; a complete file has a
 * scan and an end marker.
 */
final class JpegFormat implements PictureFormat {
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int APP1 = 0xe1;

  /**
   * A block of 8 x 8 pixels takes at least one bit, so a byte holds at most 512 pixels. A file that
   * claims more than twice that is not a JPEG.
   */
  private static final long PIXELS_PER_BYTE = 1024;

  @Override
  public String name() {
    return "jpeg";
  }

  @Override
  public boolean matches(Bytes bytes) {
    return bytes.has(0, "\u00ff\u00d8\u00ff");
  }

  @Override
  public Picture pixels(Bytes bytes, Stated stated) throws BadPictureException {
    return OpenCv.decode(bytes, AlphaKind.ABSENT, stated);
  }

  @Override
  public Stated stated(Bytes bytes) throws BadPictureException {
    int orientation = 1;
    long at = 2;
    while (true) {
      long marker = nextMarker(bytes, at);
      int code = bytes.u8(marker);
      if (code == EOI || code == SOS) {
        throw bytes.broken("has no frame header, so no size");
      }

      if (isFrame(code)) {
        return frame(bytes, marker, code, orientation);
      }

      if (code == APP1 && orientation == 1 && bytes.has(marker + 3, "Exif\0\0")) {
        orientation = ImageFileDirectory.orientation(bytes, marker + 9);
      }

      at = afterSegment(bytes, marker, code);
    }
  }

  private static Stated frame(Bytes bytes, long marker, int code, int orientation)
      throws BadPictureException {
    int precision = bytes.u8(marker + 3);
    int height = bytes.u16(marker + 4);
    int width = bytes.u16(marker + 6);
    int components = bytes.u8(marker + 8);
    // Baseline, extended and progressive JPEGs are read, with Huffman or arithmetic coding. The
    // other frames are lossless or hierarchical.
    boolean arithmetic = code == 0xc9 || code == 0xca;
    if (code > 0xc2 && !arithmetic) {
      throw bytes.unsupported("lossless or hierarchical");
    }

    if (precision != 8) {
      throw bytes.unsupported(precision + "-bit");
    }

    long pixels = (long) width * height;
    if (!arithmetic && pixels <= Decoder.MAX_PIXELS && pixels / PIXELS_PER_BYTE > bytes.size()) {
      throw bytes.broken(
          "states " + width + " x " + height + " pixels in " + bytes.size() + " bytes");
    }

    return new Stated(width, height, orientation, components == 1);
  }

  @Override
  public void checkWhole(Bytes bytes) throws BadPictureException {
    boolean scan = false;
    long at = 2;
    while (true) {
      long marker = nextMarker(bytes, at);
      int code = bytes.u8(marker);
      if (code == EOI) {
        break;
      }

      scan |= code == SOS;
      at = afterSegment(bytes, marker, code);
    }

    if (!scan) {
      throw bytes.broken("has no picture data");
    }
  }

  /** A start of frame is 0xc0 to 0xcf, except the tables (c4, cc) and the reserved c8. */
  private static boolean isFrame(int code) {
    return code >= 0xc0 && code <= 0xcf && code != 0xc4 && code != 0xc8 && code != 0xcc;
  }

  /**
   * Finds the code of the next marker. Stuffed zeros, restarts, fill bytes and stray bytes are
   * skipped.
   */
  private static long nextMarker(Bytes bytes, long from) throws BadPictureException {
    for (int at = bytes.next0xff(from); at + 1 < bytes.size(); at = bytes.next0xff(at + 1)) {
      int code = bytes.u8(at + 1);
      boolean restart = code >= 0xd0 && code <= 0xd7;
      if (code > 1 && code != 0xff && !restart) {
        return at + 1L;
      }
    }

    throw bytes.truncated();
  }

  private static long afterSegment(Bytes bytes, long marker, int code) throws BadPictureException {
    if (code == SOI) {
      return marker + 1;
    }

    int length = bytes.u16(marker + 1);
    if (length < 2) {
      throw bytes.broken("has a segment of length " + length);
    }

    return marker + 1 + length;
  }
}
