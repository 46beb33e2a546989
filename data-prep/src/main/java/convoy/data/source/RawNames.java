package convoy.data.source;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Names of local files as the bytes that the file system has, which needn't be UTF-8 and which not
 * every locale can spell. A raw path is that of a URI: bytes beyond ASCII are %-escaped.
 */
public final class RawNames {
  private RawNames() {}

  /** Returns the raw path of a file. */
  public static String of(Path path) {
    return path.toUri().getRawPath();
  }

  /** Opens a raw path. Without an empty authority Java would lose raw bytes. */
  public static Path path(String raw) {
    return Path.of(URI.create("file://" + raw));
  }

  /** Makes a raw path readable. If it isn't UTF-8, its bytes beyond ASCII appear as \xE4. */
  public static String decode(String raw) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int k = 0; k < raw.length(); k++) {
      if (raw.charAt(k) == '%') {
        bytes.write(Integer.parseInt(raw.substring(k + 1, k + 3), 16));
        k += 2;
      } else {
        bytes.write(raw.charAt(k));
      }
    }

    return utf8(bytes.toByteArray());
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      StringBuilder text = new StringBuilder();
      for (byte b : bytes) {
        text.append(b >= 0 ? String.valueOf((char) b) : "\\x%02X".formatted(b & 0xFF));
      }

      return text.toString();
    }
  }
}
