package convoy.data.image;

/** The one decoder of prepare, train and score. Stateless; any thread. */
public final class Decoder {
  private Decoder() {}

  /** Above this a picture is refused before it is decoded. */
  public static final long MAX_PIXELS = 178_956_970L;

  /** Name and version, for provenance. */
  public static String version() {
    throw new IllegalStateException("comes with the decoder");
  }

  /**
   * What the bytes claim to be: format by content, size before any decoding.
   *
   * @throws BadPictureException when they are no known picture or state too many pixels
   */
  public static Header header(byte[] bytes) throws BadPictureException {
    throw new IllegalStateException("comes with the decoder " + bytes.length);
  }

  /**
   * Pixels, upright, gray kept as 1 channel, everything else RGB.
   *
   * @throws BadPictureException when the bytes are no whole picture; never ends the JVM
   */
  public static Picture decode(byte[] bytes) throws BadPictureException {
    throw new IllegalStateException("comes with the decoder " + bytes.length);
  }

  /** Format such as {@code jpeg}, {@code png}; stored width and height in pixels. */
  public record Header(String format, int width, int height) {}
}
