package convoy.data.image;

/** One file format: how its content is recognized, what it states, and when it is complete. */
interface PictureFormat {
  /** Returns the name in lower case, such as {@code jpeg}. */
  String name();

  /** Returns whether the first bytes belong to this format. */
  boolean matches(Bytes bytes);

  /** Reads what the file states about itself, from its headers only. */
  Stated stated(Bytes bytes) throws BadPictureException;

  /** Fails if the end of the picture is missing, which the pixel decoder may not notice. */
  void checkWhole(Bytes bytes) throws BadPictureException;

  /**
   * Decodes the pixels as stored: not turned, transparency drawn on white, 8 bits a channel.
   *
   * @param stated what {@link #stated} returned for these bytes
   */
  Picture pixels(Bytes bytes, Stated stated) throws BadPictureException;

  /** The meaning of a fourth channel beside the colours. */
  enum AlphaKind {
    /** The format has no fourth channel, and 8 bits a channel. */
    ABSENT,
    /** The colours are stored as if nothing were transparent. */
    STRAIGHT,
    /** The colours are already multiplied by alpha. */
    MULTIPLIED
  }

  /**
   * What a file states about itself.
   *
   * @param width stored, in pixels
   * @param height stored, in pixels
   * @param orientation of Exif, 1 to 8; 1 is upright
   * @param gray whether the colours are gray, whatever the decoder returns
   */
  record Stated(long width, long height, int orientation, boolean gray) {}
}
