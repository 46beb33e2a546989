package convoy.data.image;

import java.util.Map;

/**
 * Which library reads which layout of a TIFF rightly. OpenCV reads the common ones, JPEG and fax
 * included. The JDK reads the samples of others, and {@link TiffPixels} makes colours of them.
 */
final class TiffReaders {
  private static final int UNCOMPRESSED = 1;
  private static final int LZW = 5;
  private static final int JPEG = 7;
  private static final int PACK_BITS = 32773;

  /** The most bytes that one byte stands for. */
  private static final Map<Integer, Integer> PLAIN =
      Map.of(UNCOMPRESSED, 1, LZW, 4096, 8, 1032, 32946, 1032, PACK_BITS, 64);

  private static final Map<Integer, String> NOT_READ =
      Map.of(
          6, "old-style JPEG",
          34676, "SGI Log",
          34677, "SGI Log",
          34712, "JPEG 2000",
          34887, "LERC",
          34925, "LZMA",
          50000, "Zstandard",
          50001, "WebP",
          50002, "JPEG XL",
          52546, "JPEG XL");

  private TiffReaders() {}

  /** A library that reads TIFF. */
  enum Reader {
    OPENCV,
    JDK
  }

  /**
   * Returns the reader of this layout.
   *
   * @throws BadPictureException if none reads it rightly
   */
  static Reader of(Bytes bytes, TiffLayout layout) throws BadPictureException {
    int compression = layout.compression();
    if (!PLAIN.containsKey(compression) && compression != JPEG && !isFax(compression)) {
      throw bytes.unsupported(
          NOT_READ.getOrDefault(compression, "compression " + compression) + " in a");
    }

    if (layout.bits() > 16) {
      throw bytes.unsupported(layout.bits() + "-bit");
    }

    if (openCvReads(layout)) {
      return Reader.OPENCV;
    }

    if (PLAIN.containsKey(compression) && jdkReads(layout)) {
      return Reader.JDK;
    }

    throw bytes.unsupported(name(layout));
  }

  static int mostInflation(TiffLayout layout) {
    return PLAIN.get(layout.compression());
  }

  /** Fax compression is for pictures of black and white. */
  private static boolean isFax(int compression) {
    return compression == 2 || compression == 3 || compression == 4 || compression == 32771;
  }

  private static boolean openCvReads(TiffLayout layout) {
    int bits = layout.bits();
    int samples = layout.samples();
    boolean separate = layout.planes();
    // OpenCV reads no tiles without compression, except those of 16 bits.
    boolean tiles = layout.tiles() && layout.compression() == UNCOMPRESSED;
    boolean eight = bits == 8 && !tiles;
    return switch (layout.photometric()) {
      case TiffLayout.WHITE_IS_ZERO, TiffLayout.BLACK_IS_ZERO ->
          samples == 1 && (bits == 16 || (!tiles && (bits == 1 || bits == 8)));
      case TiffLayout.RGB -> {
        boolean alpha = samples == 4 && layout.alpha() == 3 && layout.extras() == 1;
        boolean sixteen = bits == 16 && !separate && !layout.multiplied();
        yield (samples == 3 || alpha) && (eight || sixteen);
      }
      case TiffLayout.PALETTE -> samples == 1 && !tiles && (bits == 4 || bits == 8);
      case TiffLayout.INK -> samples == 4 && eight;
      case TiffLayout.YCBCR -> samples == 3 && eight;
      default -> false;
    };
  }

  private static boolean jdkReads(TiffLayout layout) {
    int bits = layout.bits();
    int samples = layout.samples();
    boolean whole = bits == 8 || (bits == 16 && !layout.predicted());
    boolean part = samples == 1 && (bits == 1 || bits == 2 || bits == 4 || bits == 8);
    return switch (layout.photometric()) {
      case TiffLayout.WHITE_IS_ZERO, TiffLayout.PALETTE -> part;
      case TiffLayout.BLACK_IS_ZERO -> part || (samples == 2 && whole);
      case TiffLayout.RGB -> samples >= 3 && samples <= 6 && whole;
      case TiffLayout.INK -> samples == 4 && whole;
      default -> false;
    };
  }

  private static String name(TiffLayout layout) {
    String colours =
        switch (layout.photometric()) {
          case TiffLayout.WHITE_IS_ZERO, TiffLayout.BLACK_IS_ZERO -> "gray";
          case TiffLayout.RGB -> "RGB";
          case TiffLayout.PALETTE -> "palette";
          case TiffLayout.INK -> "CMYK";
          case TiffLayout.YCBCR -> "YCbCr";
          case 8, 9, 10 -> "L*a*b*";
          case -1 -> "colourless";
          default -> "photometric-" + layout.photometric();
        };
    return "%s%s%d x %d-bit %s"
        .formatted(
            layout.predicted() ? "predicted " : "",
            layout.planes() ? "planar " : "",
            layout.samples(),
            layout.bits(),
            colours);
  }
}
