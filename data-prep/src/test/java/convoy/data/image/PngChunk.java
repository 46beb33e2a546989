package convoy.data.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** The chunks of PNGs that tests make. */
final class PngChunk {
  private PngChunk() {}

  /** Returns length, name, content and checksum. */
  static byte[] of(String name, byte[] content) {
    byte[] named = (name + new String(content, ISO_8859_1)).getBytes(ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(named);
    return ByteBuffer.allocate(8 + named.length)
        .putInt(content.length)
        .put(named)
        .putInt((int) crc.getValue())
        .array();
  }
}
