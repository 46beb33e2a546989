package convoy.data.image;

import static convoy.data.image.Variant.HEIGHT;
import static convoy.data.image.Variant.WIDTH;
import static convoy.data.image.Variant.index;
import static convoy.data.image.Variant.level;
import static convoy.data.image.Variant.onWhite;
import static convoy.data.image.Variant.picture;
import static convoy.data.image.Variant.stored;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** TIFF files: every kind of pixel in every arrangement. */
final class TiffVariants {
  private static final int NONE = 1;
  private static final int LZW = 5;
  private static final int DEFLATE = 8;
  private static final int PACK_BITS = 32773;
  private static final int SIGNED = 2;
  private static final int FLOAT = 3;

  private final List<Variant> variants = new ArrayList<>();

  private TiffVariants() {}

  /**
   * A kind of pixel.
   *
   * @param extras the meaning of samples beside the colours: 0 unknown, 1 alpha that colours are
   *     multiplied by, 2 alpha
   * @param photometric 0 white is zero, 1 black is zero, 2 RGB, 3 palette, 5 CMYK, 8 Lab
   */
  @SuppressWarnings("ArrayRecordComponent") // It is never compared.
  private record Kind(String name, int photometric, int bits, int samples, int... extras) {
    boolean is(int photometric) {
      return this.photometric == photometric;
    }

    int alpha() {
      for (int i = 0; i < extras.length; i++) {
        if (extras[i] > 0) {
          return samples - extras.length + i;
        }
      }

      return is(2) && samples == 4 && extras.length == 0 ? 3 : -1;
    }

    boolean multiplied() {
      return extras.length > 0 && extras[0] == 1;
    }

    /** The number that the file stores for a sample. */
    int sample(int x, int y, int channel) {
      int most = (1 << bits) - 1;
      if (is(3)) {
        return index(x, y, 1 << bits);
      }

      int level = level(x, y, channel);
      if (multiplied() && channel != alpha()) {
        level = Math.round(level * level(x, y, alpha()) / 255f);
      }

      int number = Math.round(level * most / 255f);
      return is(0) ? most - number : number;
    }

    Picture expected() {
      boolean gray = photometric <= 1;
      return picture(
          gray ? 1 : 3,
          (x, y, c) -> {
            if (is(3)) {
              return colour(index(x, y, 1 << bits), 1 << bits, c);
            }

            int level = stored(level(x, y, c), bits);
            if (is(5)) {
              return Math.round((255f - level) * (255 - level(x, y, 3)) / 255);
            }

            return alpha() < 0 ? level : onWhite(level, level(x, y, alpha()));
          });
    }
  }

  /** How the samples of a file are arranged. */
  private record Arrangement(
      int compression, boolean predictor, boolean planes, boolean tiles, int rows, boolean big) {
    String name() {
      String compressed =
          switch (compression) {
            case NONE -> "none";
            case LZW -> "lzw";
            case DEFLATE -> "deflate";
            default -> "packbits";
          };
      return compressed
          + (predictor ? "-predictor" : "")
          + (planes ? "-planes" : "")
          + (tiles ? "-tiles" : rows < HEIGHT ? "-strips" : "")
          + (big ? "-big" : "");
    }
  }

  static List<Variant> all() {
    TiffVariants all = new TiffVariants();
    for (Kind kind : read()) {
      for (Arrangement arrangement : arrangements()) {
        all.add(kind, arrangement);
      }
    }

    Arrangement plain = new Arrangement(NONE, false, false, false, HEIGHT, false);
    for (Kind kind : notRead()) {
      all.variants.add(Variant.notRead("tiff/" + kind.name(), file(kind, plain).bytes()));
    }

    Kind rgb = new Kind("rgb-8", 2, 8, 3);
    int[] compressions = {6, 34712, 34925, 50000, 50001, 12345};
    for (int compression : compressions) {
      all.variants.add(
          Variant.notRead(
              "tiff/compression-" + compression, file(rgb, plain).with(259, compression).bytes()));
    }

    for (int format : new int[] {SIGNED, FLOAT}) {
      for (int bits : new int[] {8, 16}) {
        all.variants.add(
            Variant.notRead(
                "tiff/sample-format-%d-bits-%d".formatted(format, bits),
                file(new Kind("", 1, bits, 1), plain).with(339, format).bytes()));
      }
    }

    all.variants.add(
        new Variant(
            "tiff/one-strip-of-any-height",
            file(new Kind("", 1, 4, 1), plain).with(278, -1).bytes(),
            new Kind("", 1, 4, 1).expected()));
    return all.variants;
  }

  private static List<Kind> read() {
    List<Kind> kinds = new ArrayList<>();
    for (int bits : new int[] {1, 2, 4, 8, 16}) {
      kinds.add(new Kind("gray-" + bits, 1, bits, 1));
      kinds.add(new Kind("white-is-0-" + bits, 0, bits, 1));
      if (bits <= 8) {
        kinds.add(new Kind("palette-" + bits, 3, bits, 1));
      }

      if (bits >= 8) {
        kinds.add(new Kind("rgb-" + bits, 2, bits, 3));
        kinds.add(new Kind("rgb-alpha-" + bits, 2, bits, 4, 2));
        kinds.add(new Kind("rgb-multiplied-" + bits, 2, bits, 4, 1));
        kinds.add(new Kind("rgb-unknown-" + bits, 2, bits, 4, 0));
        kinds.add(new Kind("rgb-fourth-" + bits, 2, bits, 4));
        kinds.add(new Kind("rgb-2-unknown-" + bits, 2, bits, 5, 0, 0));
        kinds.add(new Kind("rgb-alpha-unknown-" + bits, 2, bits, 5, 2, 0));
        kinds.add(new Kind("gray-alpha-" + bits, 1, bits, 2, 2));
        kinds.add(new Kind("gray-multiplied-" + bits, 1, bits, 2, 1));
        kinds.add(new Kind("gray-unknown-" + bits, 1, bits, 2, 0));
        kinds.add(new Kind("cmyk-" + bits, 5, bits, 4));
      }
    }

    return kinds;
  }

  private static List<Kind> notRead() {
    return List.of(
        new Kind("gray-6", 1, 6, 1),
        new Kind("gray-12", 1, 12, 1),
        new Kind("gray-24", 1, 24, 1),
        new Kind("rgb-2", 2, 2, 3),
        new Kind("rgb-12", 2, 12, 3),
        new Kind("palette-16", 3, 16, 1),
        new Kind("lab-8", 8, 8, 3),
        new Kind("lab-16", 8, 16, 3),
        new Kind("white-is-0-alpha-8", 0, 8, 2, 2),
        new Kind("gray-alpha-4", 1, 4, 2, 2),
        new Kind("rgb-5-unknown-8", 2, 8, 8, 0, 0, 0, 0, 0));
  }

  private static List<Arrangement> arrangements() {
    List<Arrangement> arrangements = new ArrayList<>();
    for (int compression : new int[] {NONE, LZW, DEFLATE, PACK_BITS}) {
      boolean predictable = compression == LZW || compression == DEFLATE;
      for (boolean predictor : predictable ? new boolean[] {false, true} : new boolean[] {false}) {
        for (boolean planes : new boolean[] {false, true}) {
          boolean big = (compression + (planes ? 1 : 0)) % 2 == 0;
          arrangements.add(new Arrangement(compression, predictor, planes, false, HEIGHT, big));
          arrangements.add(new Arrangement(compression, predictor, planes, false, 2, !big));
          arrangements.add(new Arrangement(compression, predictor, planes, true, 16, big));
        }
      }
    }

    return arrangements;
  }

  private void add(Kind kind, Arrangement arrangement) {
    boolean odd = arrangement.predictor() && kind.bits() < 8;
    if (odd || (arrangement.planes() && kind.samples() == 1)) {
      return;
    }

    // The JDK knows no predictor of 16 bits, and OpenCV reads only colours with plain alpha.
    boolean openCv = kind.photometric() <= 2 && !arrangement.planes() && !kind.multiplied();
    openCv &= kind.samples() == 3 || kind.samples() == 1 || (kind.samples() == 4 && kind.is(2));
    openCv &= kind.samples() != 4 || (kind.extras().length == 1 && kind.extras()[0] == 2);
    boolean refused = arrangement.predictor() && kind.bits() == 16 && !openCv;
    variants.add(
        new Variant(
            "tiff/" + kind.name() + "-" + arrangement.name(),
            file(kind, arrangement).bytes(),
            refused ? null : kind.expected()));
  }

  private static TiffFile file(Kind kind, Arrangement arrangement) {
    TiffFile file = new TiffFile(arrangement.big(), arrangement.compression() == PACK_BITS);
    file.with(256, WIDTH).with(257, HEIGHT).with(259, arrangement.compression());
    file.with(262, kind.photometric()).with(277, kind.samples());
    int[] bits = new int[kind.samples()];
    Arrays.fill(bits, kind.bits());
    file.with(258, bits);
    if (arrangement.planes()) {
      file.with(284, 2);
    }

    if (arrangement.predictor()) {
      file.with(317, 2);
    }

    if (kind.extras().length > 0) {
      file.with(338, kind.extras());
    }

    if (kind.is(3)) {
      int colours = 1 << kind.bits();
      int[] map = new int[3 * colours];
      for (int i = 0; i < map.length; i++) {
        map[i] = 257 * colour(i % colours, colours, i / colours);
      }

      file.with(320, map);
    }

    int rows = arrangement.rows();
    int across = arrangement.tiles() ? rows : WIDTH;
    if (arrangement.tiles()) {
      file.with(322, across).with(323, rows);
    } else {
      file.with(278, rows);
    }

    int step = arrangement.planes() ? 1 : kind.samples();
    for (int plane = 0; plane < kind.samples(); plane += step) {
      int channel = plane;
      for (int top = 0; top < HEIGHT; top += rows) {
        int first = top;
        int height = arrangement.tiles() ? rows : Math.min(rows, HEIGHT - top);
        Variant.Sample sample =
            (x, y, c) ->
                x < WIDTH && first + y < HEIGHT ? kind.sample(x, first + y, channel + c) : 0;
        file.chunk(
            across,
            height,
            step,
            kind.bits(),
            arrangement.predictor() ? difference(sample) : sample);
      }
    }

    return file;
  }

  /** Each number becomes its difference to the one on its left. */
  private static Variant.Sample difference(Variant.Sample sample) {
    return (x, y, c) -> sample.at(x, y, c) - (x == 0 ? 0 : sample.at(x - 1, y, c));
  }

  private static int colour(int index, int colours, int channel) {
    int level = index * 255 / (colours - 1);
    return channel == 0 ? level : channel == 1 ? 255 - level : 77;
  }
}
