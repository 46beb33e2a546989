package convoy.data.image;

import java.io.ByteArrayOutputStream;
import java.util.function.Predicate;

/**
 * The chunks of a complete PNG up to its last one, IEND. They are walked through and not listed, as
 * a file may have as many as a twelfth of its bytes.
 */
final class PngChunks {
  private static final int FIRST = 8;

  private PngChunks() {}

  /** Returns the place of the content of the first chunk of this name, or -1 if there is none. */
  static long content(Bytes bytes, String name) throws BadPictureException {
    for (long at = FIRST; !bytes.has(at + 4, "IEND"); at = end(bytes, at)) {
      if (bytes.has(at + 4, name)) {
        return at + 8;
      }
    }

    return -1;
  }

  /** Returns the file without the chunks whose names match, and the file itself if none does. */
  static Bytes without(Bytes bytes, Predicate<String> names) throws BadPictureException {
    ByteArrayOutputStream kept = null;
    long from = 0;
    for (long at = FIRST; !bytes.has(at + 4, "IEND"); at = end(bytes, at)) {
      if (names.test(bytes.text(at + 4, 4))) {
        kept = kept == null ? new ByteArrayOutputStream(bytes.size()) : kept;
        kept.write(bytes.array(), (int) from, (int) (at - from));
        from = end(bytes, at);
      }
    }

    if (kept == null) {
      return bytes;
    }

    kept.write(bytes.array(), (int) from, (int) (bytes.size() - from));
    return bytes.of(kept.toByteArray());
  }

  /**
   * Returns the end of the chunk at this place: its length, its name, its content, its checksum.
   */
  private static long end(Bytes bytes, long at) throws BadPictureException {
    return at + 12 + bytes.u32(at);
  }
}
