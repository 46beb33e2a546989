package convoy.data.image;

import java.util.zip.CRC32;

/** PNG (ISO/IEC 15948): chunks; whole when the critical ones have their checksums up to IEND. */
final class PngFormat implements PictureFormat {
  private static final int FIRST_CHUNK = 8;

  @Override
  public String name() {
    return "png";
  }

  @Override
  public boolean matches(Bytes bytes) {
    return bytes.has(0, "\u0089PNG\r\n\u001a\n");
  }

  @Override
  public Stated stated(Bytes bytes) throws BadPictureException {
    bytes.need(FIRST_CHUNK, 25);
    if (!bytes.has(FIRST_CHUNK + 4, "IHDR")) {
      throw bytes.broken("does not begin with its header");
    }

    int colourType = bytes.u8(25);
    boolean gray = colourType == 0 || colourType == 4;
    return new Stated(bytes.u32(16), bytes.u32(20), orientation(bytes), gray);
  }

  private static int orientation(Bytes bytes) throws BadPictureException {
    long at = FIRST_CHUNK;
    while (at + 12 <= bytes.size() && !bytes.has(at + 4, "IEND")) {
      if (bytes.has(at + 4, "eXIf")) {
        return ImageFileDirectory.orientation(bytes, at + 8);
      }

      at += 12 + bytes.u32(at);
    }

    return 1;
  }

  @Override
  public void checkWhole(Bytes bytes) throws BadPictureException {
    boolean data = false;
    long at = FIRST_CHUNK;
    while (!bytes.has(at + 4, "IEND")) {
      long length = bytes.u32(at);
      bytes.need(at, 12 + length);
      boolean critical = Character.isUpperCase(bytes.u8(at + 4));
      if (critical && bytes.u32(at + 8 + length) != checksum(bytes, at + 4, 4 + length)) {
        throw bytes.broken("has a chunk with a wrong checksum");
      }

      data |= bytes.has(at + 4, "IDAT");
      at += 12 + length;
    }

    if (!data) {
      throw bytes.broken("has no picture data");
    }
  }

  private static long checksum(Bytes bytes, long at, long length) {
    CRC32 crc = new CRC32();
    crc.update(bytes.array(), (int) at, (int) length);
    return crc.getValue();
  }
}
