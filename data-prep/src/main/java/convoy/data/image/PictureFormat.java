package convoy.data.image;

/** One file format: how it is told by content, what it states, and when it is whole. */
interface PictureFormat {
  /** Lower case, such as {@code jpeg}. */
  String name();

  /** Whether the first bytes are this format's. */
  boolean matches(Bytes bytes);

  /** What the file says of itself; reads headers only. */
  Stated stated(Bytes bytes) throws BadPictureException;

  /** Fails when the end of the picture is missing, which the pixel decoder may not notice. */
  void checkWhole(Bytes bytes) throws BadPictureException;

  /** How a fourth channel is to be read. */
  default AlphaKind alpha() {
    return AlphaKind.STRAIGHT;
  }

  /** A fourth channel beside the colours. */
  enum AlphaKind {
    /** The format has none, and 8 bits a channel. */
    ABSENT,
    /** Padding, more often than alpha. */
    IGNORED,
    /** Colours as if nothing were transparent. */
    STRAIGHT,
    /** Colours already multiplied by alpha. */
    MULTIPLIED
  }

  /**
   * What a file says of itself.
   *
   * @param width stored, in pixels
   * @param height stored, in pixels
   * @param orientation of Exif, 1 to 8; 1 is upright
   * @param gray whether the colours are gray whatever the decoder returns
   */
  record Stated(long width, long height, int orientation, boolean gray) {}
}
