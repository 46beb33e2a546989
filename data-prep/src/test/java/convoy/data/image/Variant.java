package convoy.data.image;

import java.util.List;

/**
 * A file of some variant of a format, and what becomes of it.
 *
 * @param name begins with the format, as in {@code bmp/os2-8}
 * @param expected the pixels, or null if the variant is not read
 */
@SuppressWarnings("ArrayRecordComponent") // It carries bytes and is never compared.
record Variant(String name, byte[] file, Picture expected) {
  static final int WIDTH = 7;
  static final int HEIGHT = 5;

  static Variant notRead(String name, byte[] file) {
    return new Variant(name, file, null);
  }

  /** Returns the file of the variant with this name. */
  static byte[] file(List<Variant> variants, String name) {
    return variants.stream()
        .filter(variant -> variant.name().equals(name))
        .findFirst()
        .orElseThrow()
        .file();
  }

  /** A level of the picture that all variants show; channel 3 is alpha. */
  static int level(int x, int y, int channel) {
    return (37 * x + 59 * y + 85 * channel + 11) & 0xff;
  }

  /** A number below {@code count} that differs from those beside it. */
  static int index(int x, int y, int count) {
    return (3 * x + 5 * y + x * y) % count;
  }

  /** Returns a level after it was stored in so many bits. */
  static int stored(int level, int bits) {
    int most = (1 << bits) - 1;
    return Math.round((float) Math.round(level * most / 255f) * 255 / most);
  }

  /** A sample of a picture. */
  interface Sample {
    int at(int x, int y, int channel);
  }

  static Picture picture(int channels, Sample sample) {
    return picture(WIDTH, HEIGHT, channels, sample);
  }

  static Picture picture(int width, int height, int channels, Sample sample) {
    byte[] pixels = new byte[width * height * channels];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int channel = 0; channel < channels; channel++) {
          pixels[at++] = (byte) sample.at(x, y, channel);
        }
      }
    }

    return new Picture(width, height, channels, pixels);
  }

  /** Returns a level of which alpha hides a part of the white ground. */
  static int onWhite(int level, int alpha) {
    return Math.round((level * alpha + 255f * (255 - alpha)) / 255);
  }
}
