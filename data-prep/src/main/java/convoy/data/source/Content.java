package convoy.data.source;

/**
 * The bytes of an item. For undecoded pixels (format {@code raw}, rows of height * width * channels
 * bytes) the source knows their shape. For a file (format null) the content does.
 */
@SuppressWarnings("ArrayRecordComponent") // The record only carries bytes and is never compared.
public record Content(byte[] bytes, String format, int width, int height, int channels) {
  static Content file(byte[] bytes) {
    return new Content(bytes, null, 0, 0, 0);
  }
}
