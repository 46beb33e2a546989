package convoy.data.image;

import convoy.data.image.PictureFormat.Stated;

/**
 * The only decoder, used by prepare, train and score: JPEG, PNG, GIF (first frame), BMP, WebP and
 * TIFF, recognized by content. It is stateless; any thread may use it.
 *
 * <p>Codes of {@link BadPictureException}: {@code empty}, {@code not-a-picture}, {@code
 * unsupported-format}, {@code zero-size}, {@code too-many-pixels}, {@code extreme-aspect}, {@code
 * truncated} (the end of the picture is missing), {@code broken}, {@code out-of-memory} (the heap
 * is too small), {@code out-of-native-memory}.
 */
public final class Decoder {
  private Decoder() {}

  /** The code of a picture that may be good, but is larger than the heap can hold. */
  public static final String OUT_OF_MEMORY = "out-of-memory";

  /**
   * The code of a picture that may be good, but is larger than the memory outside the heap can
   * hold.
   */
  public static final String OUT_OF_NATIVE_MEMORY = "out-of-native-memory";

  /** A picture with more pixels is refused before it is decoded. */
  public static final long MAX_PIXELS = 178_956_970L;

  /**
   * The largest ratio of long side to short side. Beyond it, a picture whose short side is resized
   * to a network's input could take gigabytes.
   */
  static final int MAX_ASPECT = 1000;

  /** Returns the decoder's name and version, for provenance. */
  public static String version() {
    return "opencv " + OpenCv.VERSION;
  }

  /**
   * Returns the format by content, such as {@code jpeg}.
   *
   * @throws BadPictureException if the bytes are of no format that is read
   */
  public static String format(byte[] bytes) throws BadPictureException {
    return PictureFormats.of(bytes).name();
  }

  /**
   * Reads what the bytes claim to be: the format by content, and the size, before any decoding.
   *
   * @throws BadPictureException if they aren't a known picture, or state no or too many pixels
   */
  public static Header header(byte[] bytes) throws BadPictureException {
    PictureFormat format = PictureFormats.of(bytes);
    Stated stated = stated(format, new Bytes(bytes, format.name()));
    return new Header(format.name(), (int) stated.width(), (int) stated.height());
  }

  /**
   * Decodes the pixels and turns them upright. Gray stays 1 channel and everything else becomes
   * RGB; 16 bits are scaled to 8, and transparency is drawn on white.
   *
   * @throws BadPictureException if the bytes aren't a complete picture; a bad picture never ends
   *     the JVM
   */
  public static Picture decode(byte[] bytes) throws BadPictureException {
    PictureFormat format = PictureFormats.of(bytes);
    Bytes file = new Bytes(bytes, format.name());
    Stated stated = stated(format, file);
    format.checkWhole(file);
    try {
      return pixels(format, file, stated);
    } catch (OutOfMemoryError tooLarge) {
      // Only one large allocation was refused; the rest of the process is not affected.
      throw new BadPictureException(
          tooLarge instanceof NativeMemoryError ? OUT_OF_NATIVE_MEMORY : OUT_OF_MEMORY,
          String.format(
              "no memory for %d x %d pixels (%s): give the process more, or leave the picture out",
              stated.width(), stated.height(), tooLarge.getMessage()));
    }
  }

  private static Picture pixels(PictureFormat format, Bytes file, Stated stated)
      throws BadPictureException {
    Picture stored = format.pixels(file, stated);
    if ((long) stored.width() * stored.height() != stated.width() * stated.height()) {
      throw file.broken(
          String.format(
              "states %d x %d pixels and holds %d x %d",
              stated.width(), stated.height(), stored.width(), stored.height()));
    }

    Picture upright = Orientation.upright(stored, stated.orientation());
    return stated.gray() && upright.channels() == 3 ? firstChannel(upright) : upright;
  }

  private static Stated stated(PictureFormat format, Bytes bytes) throws BadPictureException {
    Stated stated = format.stated(bytes);
    long width = stated.width();
    long height = stated.height();
    if (width <= 0 || height <= 0) {
      throw new BadPictureException(
          "zero-size", "the " + format.name() + " states " + width + " x " + height + " pixels");
    }

    if (width > MAX_PIXELS || height > MAX_PIXELS || width * height > MAX_PIXELS) {
      throw new BadPictureException(
          "too-many-pixels",
          String.format(
              "the %s states %d x %d pixels, more than %,d",
              format.name(), width, height, MAX_PIXELS));
    }

    if (Math.max(width, height) / Math.min(width, height) >= MAX_ASPECT) {
      throw new BadPictureException(
          "extreme-aspect",
          String.format(
              "the %s states %d x %d pixels, one side %d times the other or more",
              format.name(), width, height, MAX_ASPECT));
    }

    return stated;
  }

  /** The decoder returns gray with alpha as three equal channels. */
  private static Picture firstChannel(Picture picture) {
    byte[] gray = new byte[picture.width() * picture.height()];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = picture.pixels()[3 * i];
    }

    return new Picture(picture.width(), picture.height(), 1, gray);
  }

  /** The format, such as {@code jpeg} or {@code png}, and the stored width and height in pixels. */
  public record Header(String format, int width, int height) {}
}
