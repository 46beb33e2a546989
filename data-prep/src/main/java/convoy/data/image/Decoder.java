package convoy.data.image;

import convoy.data.image.PictureFormat.Stated;

/**
 * The one decoder of prepare, train and score: JPEG, PNG, GIF (first frame), BMP, WebP and TIFF,
 * told by content. Stateless; any thread.
 *
 * <p>Codes of {@link BadPictureException}: {@code empty}, {@code not-a-picture}, {@code
 * unsupported-format}, {@code zero-size}, {@code too-many-pixels}, {@code extreme-aspect}, {@code
 * truncated} (the end of the picture is missing), {@code broken}, {@code out-of-memory} (of the
 * heap), {@code out-of-native-memory}.
 */
public final class Decoder {
  private Decoder() {}

  /** The code of a picture that may be sound, but is larger than the heap can hold. */
  public static final String OUT_OF_MEMORY = "out-of-memory";

  /** The code of one that is larger than the memory beside the heap. */
  public static final String OUT_OF_NATIVE_MEMORY = "out-of-native-memory";

  /** Above this a picture is refused before it is decoded. */
  public static final long MAX_PIXELS = 178_956_970L;

  /** Long side over short side; the short side resized to a network's input would be gigabytes. */
  static final int MAX_ASPECT = 1000;

  /** Name and version, for provenance. */
  public static String version() {
    return "opencv " + OpenCv.VERSION;
  }

  /**
   * What the bytes claim to be: format by content, size before any decoding.
   *
   * @throws BadPictureException when they are no known picture or state no or too many pixels
   */
  public static Header header(byte[] bytes) throws BadPictureException {
    PictureFormat format = PictureFormats.of(bytes);
    Stated stated = stated(format, new Bytes(bytes, format.name()));
    return new Header(format.name(), (int) stated.width(), (int) stated.height());
  }

  /**
   * Pixels, upright, gray kept as 1 channel, everything else RGB; 16 bits scaled to 8, alpha laid
   * on white.
   *
   * @throws BadPictureException when the bytes are no whole picture; never ends the JVM
   */
  public static Picture decode(byte[] bytes) throws BadPictureException {
    PictureFormat format = PictureFormats.of(bytes);
    Bytes file = new Bytes(bytes, format.name());
    Stated stated = stated(format, file);
    format.checkWhole(file);
    try {
      return pixels(format, file, stated);
    } catch (OutOfMemoryError tooLarge) {
      // One large block was refused; the others of the process are as good as before.
      throw new BadPictureException(
          tooLarge instanceof NativeMemoryError ? OUT_OF_NATIVE_MEMORY : OUT_OF_MEMORY,
          String.format(
              "no memory for %d x %d pixels (%s): give the process more, or leave the picture out",
              stated.width(), stated.height(), tooLarge.getMessage()));
    }
  }

  private static Picture pixels(PictureFormat format, Bytes file, Stated stated)
      throws BadPictureException {
    Picture stored;
    try {
      stored = OpenCv.decode(file, format.alpha(), stated.gray());
    } catch (BadPictureException bad) {
      NativeMemory.require(stated);
      throw bad;
    }

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

  /** Gray with alpha comes back as three equal channels. */
  private static Picture firstChannel(Picture picture) {
    byte[] gray = new byte[picture.width() * picture.height()];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = picture.pixels()[3 * i];
    }

    return new Picture(picture.width(), picture.height(), 1, gray);
  }

  /** Format such as {@code jpeg}, {@code png}; stored width and height in pixels. */
  public record Header(String format, int width, int height) {}
}
