package convoy.data.image;

import java.util.Set;

/**
 * How a TIFF stores its pixels (TIFF 6.0, sections 3 to 7, 14 and 18).
 *
 * @param bits of each sample
 * @param samples of each pixel
 * @param extras number of samples that the file calls extra
 * @param alpha index of the sample that is alpha, or -1
 * @param multiplied whether the colours are already multiplied by alpha
 * @param planes whether each sample has a plane of its own
 * @param predicted whether a sample is stored as its difference to the one before
 */
record TiffLayout(
    int bits,
    int samples,
    int photometric,
    int compression,
    int extras,
    int alpha,
    boolean multiplied,
    boolean planes,
    boolean tiles,
    boolean predicted) {
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int PHOTOMETRIC = 262;
  private static final int SAMPLES = 277;
  private static final int PLANES = 284;
  private static final int PREDICTOR = 317;
  private static final int TILE_WIDTH = 322;
  private static final int INK_SET = 332;
  private static final int EXTRA_SAMPLES = 338;
  private static final int SAMPLE_FORMAT = 339;

  /** The tags of 16 bits that decide how samples are read. */
  static final Set<Integer> SHORTS =
      Set.of(BITS, COMPRESSION, PHOTOMETRIC, 266, SAMPLES, PLANES, PREDICTOR, 320, EXTRA_SAMPLES);

  /** Sizes and places, which may have 16 or 32 bits. */
  static final Set<Integer> LONGS = Set.of(256, 257, 273, 278, 279, TILE_WIDTH, 323, 324, 325);

  static final int WHITE_IS_ZERO = 0;
  static final int BLACK_IS_ZERO = 1;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int INK = 5;
  static final int YCBCR = 6;

  private static final int ASSOCIATED = 1;
  private static final int UNASSOCIATED = 2;

  /** Reads the layout, and fails if samples are no unsigned numbers of one size. */
  static TiffLayout of(Bytes bytes, ImageFileDirectory tags) throws BadPictureException {
    int samples = (int) tags.number(SAMPLES, 1);
    int photometric = (int) tags.number(PHOTOMETRIC, -1);
    requireUnsigned(bytes, tags);
    if (photometric == INK && tags.number(INK_SET, 1) != 1) {
      throw bytes.unsupported("inks other than cyan, magenta, yellow and black in a");
    }

    ImageFileDirectory.Numbers extras = tags.numbers(EXTRA_SAMPLES);
    int first = samples - (int) Math.min(samples, extras.count());
    int alpha = -1;
    boolean multiplied = false;
    for (int i = samples - 1; i >= first; i--) {
      long kind = tags.number(extras, i - first);
      if (kind == ASSOCIATED || kind == UNASSOCIATED) {
        alpha = i;
        multiplied = kind == ASSOCIATED;
      }
    }

    // A fourth sample of which the file says nothing at all is alpha, as it is for Pillow.
    if (photometric == RGB && samples == 4 && extras.count() == 0) {
      alpha = 3;
    }

    return new TiffLayout(
        bits(bytes, tags),
        samples,
        photometric,
        (int) tags.number(COMPRESSION, 1),
        (int) extras.count(),
        alpha,
        multiplied,
        samples > 1 && tags.number(PLANES, 1) == 2,
        tags.number(TILE_WIDTH, 0) > 0,
        tags.number(PREDICTOR, 1) != 1);
  }

  private static int bits(Bytes bytes, ImageFileDirectory tags) throws BadPictureException {
    ImageFileDirectory.Numbers sizes = tags.numbers(BITS);
    int bits = (int) tags.number(BITS, 1);
    for (long i = 1; i < sizes.count(); i++) {
      if (tags.number(sizes, i) != bits) {
        throw bytes.unsupported("samples of different sizes in a");
      }
    }

    return bits;
  }

  private static void requireUnsigned(Bytes bytes, ImageFileDirectory tags)
      throws BadPictureException {
    switch ((int) tags.number(SAMPLE_FORMAT, 1)) {
      case 2 -> throw bytes.unsupported("signed");
      case 3 -> throw bytes.unsupported("floating-point");
      case 5, 6 -> throw bytes.unsupported("complex");
      default -> {} // 4 says that nobody knows what the samples are.
    }
  }
}
