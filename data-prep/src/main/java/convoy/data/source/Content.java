package convoy.data.source;

/**
 * The bytes of an item. For plain pixels (format {@code raw}, rows of height * width * channels
 * bytes) the source tells their shape; for a file (format null) its content does.
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier of bytes; never compared.
public record Content(byte[] bytes, String format, int width, int height, int channels) {
  static Content file(byte[] bytes) {
    return new Content(bytes, null, 0, 0, 0);
  }
}
