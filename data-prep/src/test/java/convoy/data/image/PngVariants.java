package convoy.data.image;

import static convoy.data.image.Variant.HEIGHT;
import static convoy.data.image.Variant.WIDTH;
import static convoy.data.image.Variant.index;
import static convoy.data.image.Variant.level;
import static convoy.data.image.Variant.onWhite;
import static convoy.data.image.Variant.picture;
import static convoy.data.image.Variant.stored;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** PNG files: every colour type with every depth, interlaced or not, and animations. */
final class PngVariants {
  private static final int GRAY = 0;
  private static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int GRAY_ALPHA = 4;
  private static final int RGBA = 6;
  private static final int[][] ADAM7 = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };
  private static final int[][] ONE_PASS = {{0, 0, 1, 1}};

  private final List<Variant> variants = new ArrayList<>();

  private PngVariants() {}

  static List<Variant> all() {
    PngVariants all = new PngVariants();
    for (boolean interlaced : new boolean[] {false, true}) {
      for (int bits : new int[] {1, 2, 4, 8, 16}) {
        all.still(bits, interlaced);
      }
    }

    for (int type : new int[] {GRAY, RGB, GRAY_ALPHA, RGBA}) {
      for (int bits : new int[] {8, 16}) {
        all.animations(type, bits);
      }
    }

    return all.variants;
  }

  private void still(int bits, boolean interlaced) {
    String end = "-" + bits + (interlaced ? "-interlaced" : "");
    add("gray" + end, GRAY, bits, interlaced, List.of(), expected(GRAY, bits));
    int clear = number(level(2, 3, 0), bits);
    byte[] clearGray = ByteBuffer.allocate(2).putShort((short) clear).array();
    add(
        "gray-clear" + end,
        GRAY,
        bits,
        interlaced,
        List.of(new Chunk("tRNS", clearGray)),
        picture(
            1,
            (x, y, c) ->
                number(level(x, y, 0), bits) == clear ? 255 : stored(level(x, y, 0), bits)));
    if (bits <= 8) {
      palettes(end, bits, interlaced);
    }

    if (bits >= 8) {
      for (int type : new int[] {RGB, GRAY_ALPHA, RGBA}) {
        add("type-" + type + end, type, bits, interlaced, List.of(), expected(type, bits));
      }

      rgbClear(end, bits, interlaced);
    }
  }

  private void rgbClear(String end, int bits, boolean interlaced) {
    ByteBuffer clear = ByteBuffer.allocate(6);
    for (int c = 0; c < 3; c++) {
      clear.putShort((short) number(level(2, 3, c), bits));
    }

    add(
        "rgb-clear" + end,
        RGB,
        bits,
        interlaced,
        List.of(new Chunk("tRNS", clear.array())),
        picture(3, (x, y, c) -> x == 2 && y == 3 ? 255 : level(x, y, c)));
  }

  private void palettes(String end, int bits, boolean interlaced) {
    int colours = 1 << bits;
    byte[] palette = new byte[3 * colours];
    byte[] alpha = new byte[colours / 2];
    for (int i = 0; i < palette.length; i++) {
      palette[i] = (byte) colour(i / 3, colours, i % 3);
    }

    Arrays.fill(alpha, (byte) 128);
    List<Chunk> chunks = List.of(new Chunk("PLTE", palette));
    add(
        "palette" + end,
        PALETTE,
        bits,
        interlaced,
        chunks,
        picture(3, (x, y, c) -> colour(index(x, y, colours), colours, c)));
    add(
        "palette-alpha" + end,
        PALETTE,
        bits,
        interlaced,
        List.of(chunks.get(0), new Chunk("tRNS", alpha)),
        picture(
            3,
            (x, y, c) -> {
              int index = index(x, y, colours);
              return onWhite(colour(index, colours, c), index < colours / 2 ? 128 : 255);
            }));
  }

  /** The default picture is the one outside the animation, whether the animation has it or not. */
  private void animations(int type, int bits) {
    Picture expected = expected(type, bits);
    Chunk control = new Chunk("acTL", ByteBuffer.allocate(8).putInt(2).array());
    String end = "-type-" + type + "-" + bits;
    byte[] other = data(type, bits, false, 90);
    add(
        "apng-first" + end,
        type,
        bits,
        List.of(control, frame(0)),
        List.of(frame(1), data(2, other)),
        expected);
    add(
        "apng-apart" + end,
        type,
        bits,
        List.of(control),
        List.of(frame(0), data(1, other), frame(2), data(3, other)),
        expected);
    add("apng-without-data" + end, type, bits, List.of(control), List.of(frame(0)), expected);
    add("apng-without-frame" + end, type, bits, List.of(control), List.of(), expected);
  }

  private static Chunk frame(int sequence) {
    ByteBuffer content = ByteBuffer.allocate(26).putInt(sequence).putInt(WIDTH).putInt(HEIGHT);
    return new Chunk("fcTL", content.putInt(0).putInt(0).putInt(0x10064).array());
  }

  private static Chunk data(int sequence, byte[] data) {
    return new Chunk(
        "fdAT", ByteBuffer.allocate(4 + data.length).putInt(sequence).put(data).array());
  }

  private static int channels(int type) {
    return type == GRAY || type == PALETTE ? 1 : type == RGB ? 3 : type == GRAY_ALPHA ? 2 : 4;
  }

  private static Picture expected(int type, int bits) {
    int channels = channels(type);
    boolean alpha = type == GRAY_ALPHA || type == RGBA;
    return picture(
        channels <= 2 ? 1 : 3,
        (x, y, c) -> {
          int level = stored(level(x, y, c), bits);
          return alpha ? onWhite(level, level(x, y, channels - 1)) : level;
        });
  }

  private static int number(int level, int bits) {
    return Math.round(level * ((1 << bits) - 1) / 255f);
  }

  private static int colour(int index, int colours, int channel) {
    int level = index * 255 / (colours - 1);
    return channel == 0 ? level : channel == 1 ? 255 - level : 77;
  }

  private void add(
      String name, int type, int bits, boolean interlaced, List<Chunk> chunks, Picture expected) {
    byte[] data = data(type, bits, interlaced, 0);
    variants.add(
        new Variant(
            "png/" + name, file(type, bits, interlaced, chunks, data, List.of()), expected));
  }

  private void add(
      String name, int type, int bits, List<Chunk> before, List<Chunk> after, Picture expected) {
    byte[] data = data(type, bits, false, 0);
    variants.add(
        new Variant("png/" + name, file(type, bits, false, before, data, after), expected));
  }

  private static byte[] data(int type, int bits, boolean interlaced, int plus) {
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    for (int[] pass : interlaced ? ADAM7 : ONE_PASS) {
      int width = (WIDTH - pass[0] + pass[2] - 1) / pass[2];
      int height = (HEIGHT - pass[1] + pass[3] - 1) / pass[3];
      Variant.Sample sample =
          (x, y, c) -> {
            int column = pass[0] + x * pass[2];
            int row = pass[1] + y * pass[3];
            return type == PALETTE
                ? index(column, row, 1 << bits)
                : number((level(column, row, c) + plus) & 0xff, bits);
          };
      for (byte[] row : BitRows.of(width, height, channels(type), bits, sample)) {
        raw.write(0);
        raw.writeBytes(row);
      }
    }

    return TiffFile.deflated(raw.toByteArray());
  }

  /** A chunk of a file. */
  @SuppressWarnings("ArrayRecordComponent") // It carries bytes and is never compared.
  private record Chunk(String name, byte[] content) {
    void write(ByteArrayOutputStream out) {
      out.writeBytes(PngChunk.of(name, content));
    }
  }

  private static byte[] file(
      int type, int bits, boolean interlaced, List<Chunk> before, byte[] data, List<Chunk> after) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1));
    ByteBuffer header = ByteBuffer.allocate(13).putInt(WIDTH).putInt(HEIGHT);
    header.put((byte) bits).put((byte) type).put(12, (byte) (interlaced ? 1 : 0));
    new Chunk("IHDR", header.array()).write(out);
    before.forEach(chunk -> chunk.write(out));
    new Chunk("IDAT", data).write(out);
    after.forEach(chunk -> chunk.write(out));
    new Chunk("IEND", new byte[0]).write(out);
    return out.toByteArray();
  }
}
