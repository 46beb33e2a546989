package convoy.data.image;

import java.awt.image.Raster;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * PNG (ISO/IEC 15948): chunks. A file is complete if its critical chunks up to IEND have correct
 * checksums.
 */
final class PngFormat implements PictureFormat {
  private static final int FIRST_CHUNK = 8;

  private static final int COLOUR_TYPE = 25;
  private static final int GRAY = 0;
  private static final Set<String> ANIMATION = Set.of("acTL", "fcTL", "fdAT");

  /** Deflate turns one byte into 1,032 at most. */
  private static final long MOST_INFLATION = 1032;

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

    int colourType = bytes.u8(COLOUR_TYPE);
    boolean gray = colourType == GRAY || colourType == 4;
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
    long data = 0;
    long at = FIRST_CHUNK;
    while (!bytes.has(at + 4, "IEND")) {
      long length = bytes.u32(at);
      bytes.need(at, 12 + length);
      boolean critical = Character.isUpperCase(bytes.u8(at + 4));
      if (critical && bytes.u32(at + 8 + length) != checksum(bytes, at + 4, 4 + length)) {
        throw bytes.broken("has a chunk with a wrong checksum");
      }

      data += bytes.has(at + 4, "IDAT") ? length : 0;
      at += 12 + length;
    }

    if (data == 0) {
      throw bytes.broken("has no picture data");
    }

    if (rawBits(bytes) / 8 > data * MOST_INFLATION) {
      throw bytes.broken("holds " + data + " bytes for " + rawBits(bytes) / 8 + " of pixels");
    }
  }

  /**
   * An animation's default picture is decoded, which all viewers show that know no animation. For
   * OpenCV its chunks are left out, as it takes the wrong frame from some of them.
   */
  @Override
  public Picture pixels(Bytes bytes, Stated stated) throws BadPictureException {
    long transparent = bytes.u8(COLOUR_TYPE) == GRAY ? PngChunks.content(bytes, "tRNS") : -1;
    if (transparent >= 0) {
      return gray(bytes, bytes.u16(transparent));
    }

    Bytes still = PngChunks.without(bytes, ANIMATION::contains);
    return OpenCv.decode(still, AlphaKind.STRAIGHT, stated);
  }

  /** Draws gray on white where one level is transparent, which OpenCV doesn't know of gray. */
  private static Picture gray(Bytes bytes, int transparent) throws BadPictureException {
    // The JDK gets nothing but the pixels' own chunks.
    Raster raster = JdkReader.first(PngChunks.without(bytes, PngFormat::isExtra), "png");
    int most = (1 << bytes.u8(COLOUR_TYPE - 1)) - 1;
    byte[] pixels = new byte[raster.getWidth() * raster.getHeight()];
    int[] row = new int[raster.getWidth()];
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, row.length, 1, 0, row);
      for (int level : row) {
        pixels[to++] = (byte) (level == transparent ? 255 : (level * 255 + most / 2) / most);
      }
    }

    return new Picture(raster.getWidth(), raster.getHeight(), 1, pixels);
  }

  private static boolean isExtra(String chunk) {
    return Character.isLowerCase(chunk.charAt(0));
  }

  private static long rawBits(Bytes bytes) throws BadPictureException {
    int colourType = bytes.u8(COLOUR_TYPE);
    // The colour types are 0 gray, 2 RGB, 3 palette, 4 gray with alpha and 6 RGB with alpha.
    int channels = (colourType & 2) != 0 && colourType != 3 ? 3 : 1;
    int alpha = (colourType & 4) != 0 ? 1 : 0;
    return bytes.u32(16) * bytes.u32(20) * bytes.u8(24) * (channels + alpha);
  }

  private static long checksum(Bytes bytes, long at, long length) {
    CRC32 crc = new CRC32();
    crc.update(bytes.array(), (int) at, (int) length);
    return crc.getValue();
  }
}
