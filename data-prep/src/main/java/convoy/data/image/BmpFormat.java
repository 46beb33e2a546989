package convoy.data.image;

/**
 * Windows and OS/2 bitmap. Its pixels are read here: OpenCV takes other channels, masks and row
 * ends than the file states in several variants.
 */
final class BmpFormat implements PictureFormat {
  /** Four bytes skip 255 columns and 255 rows. */
  private static final long PIXELS_PER_BYTE = 255 * 255 / 4;

  @Override
  public String name() {
    return "bmp";
  }

  @Override
  public boolean matches(Bytes bytes) {
    // If two letters were enough, any text that begins with BM would be a picture.
    return bytes.has(0, "BM") && bytes.has(6, "\0\0\0\0");
  }

  @Override
  public Stated stated(Bytes bytes) throws BadPictureException {
    BmpHeader header = BmpHeader.of(bytes);
    return new Stated(header.width(), header.height(), 1, false);
  }

  /** A picture without compression is complete if all its rows are there. */
  @Override
  public void checkWhole(Bytes bytes) throws BadPictureException {
    BmpHeader header = BmpHeader.of(bytes);
    header.require(bytes);
    if (header.runs()) {
      long data = bytes.size() - header.pixelsAt();
      if (header.width() * header.height() > data * PIXELS_PER_BYTE) {
        throw bytes.broken(
            "holds %d bytes for %d x %d pixels".formatted(data, header.width(), header.height()));
      }
    } else {
      // Nothing is missing if only the padding of the last row is.
      long rows = header.stride() * (header.height() - 1);
      bytes.need(header.pixelsAt(), rows + (header.width() * header.bits() + 7) / 8);
    }
  }

  @Override
  public Picture pixels(Bytes bytes, Stated stated) throws BadPictureException {
    BmpHeader header = BmpHeader.of(bytes);
    return header.bits() <= 8 ? BmpPalette.pixels(bytes, header) : BmpMasks.pixels(bytes, header);
  }
}
