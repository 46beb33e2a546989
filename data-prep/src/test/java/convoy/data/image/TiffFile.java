package convoy.data.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.Adler32;

/** Writes a TIFF of any tags, whose strips or tiles are compressed as tag 259 says. */
final class TiffFile {
  private static final int COMPRESSION = 259;
  private static final int STRIP_OFFSETS = 273;
  private static final int STRIP_LENGTHS = 279;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_LENGTHS = 325;
  private static final int LONG = 4;
  private static final int HEADER = 8;

  private static final Set<Integer> SHORTS = Set.of(258, 259, 262, 277, 284, 317, 320, 338, 339);

  private final boolean big;
  private final boolean longs;
  private final Map<Integer, int[]> tags = new TreeMap<>();
  private final List<byte[]> chunks = new ArrayList<>();

  /**
   * Begins a file.
   *
   * @param big whether numbers have their highest byte first
   * @param longs whether all numbers have 32 bits, which most readers accept
   */
  TiffFile(boolean big, boolean longs) {
    this.big = big;
    this.longs = longs;
  }

  TiffFile with(int tag, int... values) {
    tags.put(tag, values);
    return this;
  }

  /** Adds a strip or tile. */
  void chunk(int width, int height, int channels, int bits, Variant.Sample sample) {
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    for (byte[] row : BitRows.of(width, height, channels, bits, sample)) {
      for (int i = 0; i < row.length; i++) {
        // Numbers of 16 bits have the byte order of the file.
        raw.write(row[bits == 16 && !big ? i ^ 1 : i]);
      }
    }

    chunks.add(compressed(raw.toByteArray()));
  }

  /** Adds a strip or tile that is compressed already. */
  TiffFile chunk(byte[] compressed) {
    chunks.add(compressed);
    return this;
  }

  private byte[] compressed(byte[] raw) {
    return switch (tags.get(COMPRESSION)[0]) {
      case 5 -> lzw(raw);
      case 8 -> deflated(raw);
      case 32773 -> packed(raw);
      default -> raw;
    };
  }

  /** Writes one block without compression (RFC 1950 and 1951). */
  static byte[] deflated(byte[] raw) {
    Adler32 checksum = new Adler32();
    checksum.update(raw);
    ByteBuffer out = ByteBuffer.allocate(raw.length + 11).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 0x78).put((byte) 1).put((byte) 1);
    out.putShort((short) raw.length).putShort((short) ~raw.length).put(raw);
    return out.order(ByteOrder.BIG_ENDIAN).putInt((int) checksum.getValue()).array();
  }

  /** Writes every byte as it is, with the code for "clear the table" often enough. */
  private static byte[] lzw(byte[] raw) {
    List<Integer> codes = new ArrayList<>();
    for (int i = 0; i < raw.length; i++) {
      if (i % 200 == 0) {
        codes.add(256);
      }

      codes.add(raw[i] & 0xff);
    }

    codes.add(257);
    return BitRows.of(codes.size(), 1, 1, 9, (x, y, c) -> codes.get(x))[0];
  }

  private static byte[] packed(byte[] raw) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < raw.length; ) {
      int same = 1;
      while (at + same < raw.length && same < 128 && raw[at + same] == raw[at]) {
        same++;
      }

      out.write(same == 1 ? 0 : 257 - same);
      out.write(raw[at]);
      at += same;
    }

    return out.toByteArray();
  }

  byte[] bytes() {
    boolean tiles = tags.containsKey(TILE_WIDTH);
    int offsets = tiles ? TILE_OFFSETS : STRIP_OFFSETS;
    with(offsets, new int[chunks.size()]);
    with(
        tiles ? TILE_LENGTHS : STRIP_LENGTHS,
        chunks.stream().mapToInt(chunk -> chunk.length).toArray());
    int values = HEADER + 2 + 12 * tags.size() + 4;
    int data = values + 4 * tags.values().stream().mapToInt(numbers -> numbers.length).sum();
    for (int i = 0; i < chunks.size(); i++) {
      tags.get(offsets)[i] = data;
      data += chunks.get(i).length;
    }

    ByteBuffer out = ByteBuffer.allocate(data);
    out.order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {(byte) (big ? 'M' : 'I'), (byte) (big ? 'M' : 'I')});
    out.putShort((short) 42).putInt(HEADER).putShort((short) tags.size());
    int at = values;
    for (Map.Entry<Integer, int[]> tag : tags.entrySet()) {
      boolean isLong = longs || tag.getKey() == offsets || !SHORTS.contains(tag.getKey());
      out.putShort(tag.getKey().shortValue()).putShort((short) (isLong ? LONG : LONG - 1));
      out.putInt(tag.getValue().length);
      int length = tag.getValue().length * (isLong ? 4 : 2);
      int from = length <= 4 ? out.position() : at;
      for (int number : tag.getValue()) {
        if (isLong) {
          out.putInt(from, number);
        } else {
          out.putShort(from, (short) number);
        }

        from += isLong ? 4 : 2;
      }

      out.putInt(length <= 4 ? out.getInt(out.position()) : at);
      at += length <= 4 ? 0 : length;
    }

    out.putInt(0);
    int place = tags.get(offsets)[0];
    for (byte[] chunk : chunks) {
      out.put(place, chunk);
      place += chunk.length;
    }

    return out.array();
  }
}
