package convoy.data.image;

/** Decoded pixels: 8 bits, interleaved rows (HWC), with 1 channel (gray) or 3 (RGB). */
public final class Picture {
  private final int width;
  private final int height;
  private final int channels;
  private final byte[] pixels;

  /** Takes ownership of {@code pixels}, {@code height * width * channels} bytes. */
  public Picture(int width, int height, int channels, byte[] pixels) {
    if (pixels.length != width * height * channels || (channels != 1 && channels != 3)) {
      throw new IllegalArgumentException(
          width + "x" + height + "x" + channels + " needs other than " + pixels.length + " bytes");
    }
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.pixels = pixels;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  public int channels() {
    return channels;
  }

  /** Returns the pixels themselves, not a copy. The caller only reads them. */
  public byte[] pixels() {
    return pixels;
  }
}
