package convoy.data.image;

/** WebP (RFC 9649): lossy, lossless or extended. It is complete if the file has its RIFF length. */
final class WebpFormat implements PictureFormat {
  private static final int FIRST_CHUNK = 12;

  /** OpenCV recognizes no WebP of fewer bytes, though one of a single colour can have them. */
  private static final int RECOGNIZED = 32;

  @Override
  public String name() {
    return "webp";
  }

  @Override
  public boolean matches(Bytes bytes) {
    return bytes.has(0, "RIFF") && bytes.has(8, "WEBP");
  }

  @Override
  public Stated stated(Bytes bytes) throws BadPictureException {
    if (bytes.has(FIRST_CHUNK, "VP8 ")) {
      return new Stated(bytes.u16Little(26) & 0x3fff, bytes.u16Little(28) & 0x3fff, 1, false);
    }

    if (bytes.has(FIRST_CHUNK, "VP8L")) {
      long sizes = bytes.u32Little(21);
      return new Stated((sizes & 0x3fff) + 1, ((sizes >> 14) & 0x3fff) + 1, 1, false);
    }

    if (bytes.has(FIRST_CHUNK, "VP8X")) {
      return new Stated(u24(bytes, 24) + 1, u24(bytes, 27) + 1, orientation(bytes), false);
    }

    throw bytes.broken("has no picture data");
  }

  private static long u24(Bytes bytes, int at) throws BadPictureException {
    return bytes.u16Little(at) | ((long) bytes.u8(at + 2) << 16);
  }

  private static int orientation(Bytes bytes) throws BadPictureException {
    long at = FIRST_CHUNK;
    while (at + 8 <= bytes.size()) {
      if (bytes.has(at, "EXIF")) {
        boolean prefixed = bytes.has(at + 8, "Exif\0\0");
        return ImageFileDirectory.orientation(bytes, prefixed ? at + 14 : at + 8);
      }

      long length = bytes.u32Little(at + 4);
      at += 8 + length + (length & 1);
    }

    return 1;
  }

  @Override
  public Picture pixels(Bytes bytes, Stated stated) throws BadPictureException {
    return OpenCv.decode(bytes.atLeast(RECOGNIZED), AlphaKind.STRAIGHT, stated);
  }

  @Override
  public void checkWhole(Bytes bytes) throws BadPictureException {
    bytes.need(8, bytes.u32Little(4));
  }
}
