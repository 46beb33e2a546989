package convoy.data.image;

/**
 * GIF (89a specification). The first frame is the picture; it is complete if its data ends
 * properly.
 */
final class GifFormat implements PictureFormat {
  @Override
  public String name() {
    return "gif";
  }

  @Override
  public boolean matches(Bytes bytes) {
    return bytes.has(0, "GIF87a") || bytes.has(0, "GIF89a");
  }

  @Override
  public Stated stated(Bytes bytes) throws BadPictureException {
    return new Stated(bytes.u16Little(6), bytes.u16Little(8), 1, false);
  }

  @Override
  public void checkWhole(Bytes bytes) throws BadPictureException {
    long at = 13L + tableBytes(bytes.u8(10));
    while (true) {
      int block = bytes.u8(at);
      if (block == 0x2c) {
        skipSubBlocks(bytes, at + 11 + tableBytes(bytes.u8(at + 9)));
        return;
      }

      if (block != 0x21) {
        throw bytes.broken("has no picture data");
      }

      at = skipSubBlocks(bytes, at + 2);
    }
  }

  private static int tableBytes(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }

  private static long skipSubBlocks(Bytes bytes, long from) throws BadPictureException {
    long at = from;
    int length = bytes.u8(at);
    while (length > 0) {
      at += 1 + length;
      length = bytes.u8(at);
    }

    return at + 1;
  }
}
