package convoy.data.image;

/** Windows bitmap. An uncompressed one is complete if all its rows are there. */
final class BmpFormat implements PictureFormat {
  private static final int OS2_HEADER = 12;

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
  public AlphaKind alpha() {
    return AlphaKind.IGNORED;
  }

  @Override
  public Stated stated(Bytes bytes) throws BadPictureException {
    if (bytes.u32Little(14) == OS2_HEADER) {
      return new Stated(bytes.u16Little(18), bytes.u16Little(20), 1, false);
    }

    // A negative height means that the top row comes first.
    long height = Math.abs((long) (int) bytes.u32Little(22));
    return new Stated((int) bytes.u32Little(18), height, 1, false);
  }

  @Override
  public void checkWhole(Bytes bytes) throws BadPictureException {
    boolean os2 = bytes.u32Little(14) == OS2_HEADER;
    long compression = os2 ? 0 : bytes.u32Little(30);
    if (compression == 0 || compression == 3) {
      Stated stated = stated(bytes);
      int bits = bytes.u16Little(os2 ? 24 : 28);
      long stride = (stated.width() * bits + 31) / 32 * 4;
      bytes.need(bytes.u32Little(10), stride * stated.height());
    }
  }
}
