package convoy.data.image;

import static convoy.data.image.Variant.HEIGHT;
import static convoy.data.image.Variant.WIDTH;
import static convoy.data.image.Variant.index;
import static convoy.data.image.Variant.level;
import static convoy.data.image.Variant.onWhite;
import static convoy.data.image.Variant.picture;
import static convoy.data.image.Variant.stored;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** BMP files: every header with every depth, palette, mask and kind of runs. */
final class BmpVariants {
  private static final int OS2 = 12;
  private static final int[] HEADERS = {OS2, 40, 52, 56, 64, 108, 124};
  private static final int MASKS = 3;
  private static final int MASKS_AND_ALPHA = 6;

  private final List<Variant> variants = new ArrayList<>();

  private BmpVariants() {}

  static List<Variant> all() {
    BmpVariants all = new BmpVariants();
    for (int header : HEADERS) {
      for (int bits : new int[] {1, 2, 4, 8}) {
        all.palettes(header, bits);
      }

      all.plain(header, 16);
      all.plain(header, 24);
      all.plain(header, 32);
      if (header != OS2) {
        all.masks(header);
      }
    }

    all.runs();
    all.places();
    all.variants.add(
        Variant.notRead("bmp/jpeg-inside", new File(40, 0, 4).bytes(new byte[0][], new byte[40])));
    all.variants.add(
        Variant.notRead("bmp/os2-huffman", new File(64, 1, 3).bytes(palette(2, 4), new byte[40])));
    all.variants.add(
        Variant.notRead("bmp/os2-short", new File(16, 8, 0).bytes(palette(256, 4), new byte[40])));
    return all.variants;
  }

  private void palettes(int header, int bits) {
    int colours = 1 << bits;
    byte[][] rows = BitRows.of(WIDTH, HEIGHT, 1, bits, (x, y, c) -> index(x, y, colours));
    int entry = header == OS2 ? 3 : 4;
    String name = "bmp/%d-palette-%d".formatted(header, bits);
    Picture expected = picture(3, (x, y, c) -> colour(index(x, y, colours), colours, c));
    File file = new File(header, bits, 0);
    add(name, file.bytes(palette(colours, entry), bottomUp(rows)), expected);
    if (header != OS2) {
      file.topDown = true;
      add(name + "-top-down", file.bytes(palette(colours, entry), padded(rows)), expected);
    }

    byte[][] grays = new byte[colours][entry];
    for (int i = 0; i < colours; i++) {
      for (int c = 0; c < 3; c++) {
        grays[i][c] = (byte) (i * 255 / (colours - 1));
      }
    }

    add(
        "bmp/%d-gray-%d".formatted(header, bits),
        new File(header, bits, 0).bytes(grays, bottomUp(rows)),
        picture(1, (x, y, c) -> index(x, y, colours) * 255 / (colours - 1)));
  }

  private void plain(int header, int bits) {
    int each = bits == 16 ? 5 : 8;
    long[] masks =
        bits == 16 ? new long[] {0x7c00, 0x3e0, 0x1f} : new long[] {0xff0000, 0xff00, 0xff};
    Picture expected = picture(3, (x, y, c) -> stored(level(x, y, c), each));
    add(
        "bmp/%d-plain-%d".formatted(header, bits),
        new File(header, bits, 0).bytes(new byte[0][], pixels(bits, masks)),
        expected);
  }

  private void masks(int header) {
    long[][] sixteen = {
      {0xf800, 0x7e0, 0x1f}, {0x7c00, 0x3e0, 0x1f}, {0x1f, 0x7e0, 0xf800}, {0xf00, 0xf0, 0xf}
    };
    for (long[] masks : sixteen) {
      masked(header, MASKS, 16, masks);
    }

    long[][] thirtyTwo = {
      {0xff0000, 0xff00, 0xff},
      {0xff, 0xff00, 0xff0000},
      {0xff000000L, 0xff0000, 0xff00},
      {0xff00, 0xff0000, 0xff000000L},
      {0x3ff00000, 0xffc00, 0x3ff},
      {0xf80000, 0x7f00, 0x3f},
      {0xfc000000L, 0x3f00000, 0xf}
    };
    for (long[] masks : thirtyTwo) {
      masked(header, MASKS, 32, masks);
    }

    long[][] transparent = {
      {0xff0000, 0xff00, 0xff, 0xff000000L},
      {0xff, 0xff00, 0xff0000, 0xff000000L},
      {0xff000000L, 0xff0000, 0xff00, 0xff},
      {0xff000000L, 0xff00, 0xff, 0xff0000}
    };
    for (long[] masks : transparent) {
      if (header >= 56 && header != 64) {
        masked(header, MASKS, 32, masks);
      } else if (header == 40) {
        masked(header, MASKS_AND_ALPHA, 32, masks);
      }
    }

    if (header == 124) {
      long[] unused = {0xff0000, 0xff00, 0xff, 0xff000000L};
      byte[] data = pixels(32, new long[] {0xff0000, 0xff00, 0xff});
      File file = new File(header, 32, MASKS);
      file.masks = unused;
      add(
          "bmp/124-masks-32-alpha-always-0",
          file.bytes(new byte[0][], data),
          picture(3, Variant::level));
    }
  }

  private void masked(int header, int compression, int bits, long[] masks) {
    StringBuilder name = new StringBuilder("bmp/%d-masks-%d".formatted(header, bits));
    for (long mask : masks) {
      name.append('-').append(String.format(Locale.ROOT, "%x", mask));
    }

    File file = new File(header, bits, compression);
    file.masks = masks;
    byte[] bytes = file.bytes(new byte[0][], pixels(bits, masks));
    if (header == 64) {
      variants.add(Variant.notRead(name.toString(), bytes));
      return;
    }

    Picture expected =
        picture(
            3,
            (x, y, c) -> {
              int level = stored(level(x, y, c), Long.bitCount(masks[c]));
              return masks.length == 4 ? onWhite(level, level(x, y, 3)) : level;
            });
    add(name.toString(), bytes, expected);
  }

  private void runs() {
    for (int bits : new int[] {4, 8}) {
      int colours = 1 << bits;
      Picture expected = picture(3, (x, y, c) -> colour(index(x, y, colours), colours, c));
      for (String kind : List.of("runs", "listed", "padded", "without-end", "rows-of-listed")) {
        add(
            "bmp/rle%d-%s".formatted(bits, kind),
            new File(40, bits, bits == 8 ? 1 : 2)
                .bytes(palette(colours, 4), encoded(bits, colours, kind)),
            expected);
      }

      // Two pixels after a skip of 3 to the right and 1 up; the rest has index 0.
      byte[] skip = {0, 2, 3, 1, 2, (byte) (bits == 8 ? 5 : 0x55), 0, 1};
      add(
          "bmp/rle%d-skip".formatted(bits),
          new File(40, bits, bits == 8 ? 1 : 2).bytes(palette(colours, 4), skip),
          picture(
              3, (x, y, c) -> colour(y == HEIGHT - 2 && (x == 3 || x == 4) ? 5 : 0, colours, c)));
    }
  }

  private static byte[] encoded(int bits, int colours, String kind) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int y = HEIGHT - 1; y >= 0; y--) {
      if (kind.contains("listed")) {
        out.write(0);
        out.write(WIDTH);
        byte[] row = new byte[bits == 8 ? 8 : 4]; // An even number of bytes holds 7 pixels.
        for (int x = 0; x < WIDTH; x++) {
          int shift = bits == 4 && x % 2 == 0 ? 4 : 0;
          row[x * bits / 8] |= (byte) (index(x, y, colours) << shift);
        }

        out.writeBytes(row);
      } else {
        for (int x = 0; x < WIDTH; x++) {
          out.write(1);
          out.write(bits == 8 ? index(x, y, colours) : index(x, y, colours) << 4);
        }
      }

      if (kind.equals("padded")) { // As ImageMagick fills a row up to a multiple of 4.
        out.write(1);
        out.write(0);
      }

      out.write(0);
      out.write(0);
    }

    if (!kind.equals("without-end")) {
      out.write(0);
      out.write(1);
    }

    return out.toByteArray();
  }

  private void places() {
    byte[][] rows = BitRows.of(WIDTH, HEIGHT, 1, 8, (x, y, c) -> index(x, y, 256));
    Picture expected = picture(3, (x, y, c) -> colour(index(x, y, 256), 256, c));
    File begin = new File(40, 8, 0);
    begin.pixelsAt = 54;
    add("bmp/pixels-at-palette", begin.bytes(palette(256, 4), bottomUp(rows)), expected);
    File none = new File(40, 8, 0);
    none.pixelsAt = 0;
    add("bmp/pixels-at-0", none.bytes(palette(256, 4), bottomUp(rows)), expected);
    byte[] whole = new File(40, 8, 0).bytes(palette(256, 4), bottomUp(rows));
    add("bmp/without-last-padding", Arrays.copyOf(whole, whole.length - 1), expected);
    File few = new File(40, 8, 0);
    few.colours = 100;
    add(
        "bmp/palette-of-100",
        few.bytes(
            Arrays.copyOf(palette(256, 4), 100),
            bottomUp(BitRows.of(WIDTH, HEIGHT, 1, 8, (x, y, c) -> index(x, y, 100)))),
        picture(3, (x, y, c) -> colour(index(x, y, 100), 256, c)));
  }

  private void add(String name, byte[] file, Picture expected) {
    variants.add(new Variant(name, file, expected));
  }

  private static int colour(int index, int colours, int channel) {
    int level = index * 255 / (colours - 1);
    return channel == 0 ? level : channel == 1 ? 255 - level : 77;
  }

  private static byte[][] palette(int colours, int entry) {
    byte[][] palette = new byte[colours][entry];
    for (int i = 0; i < colours; i++) {
      for (int c = 0; c < 3; c++) {
        palette[i][2 - c] = (byte) colour(i, colours, c);
      }
    }

    return palette;
  }

  /** Puts the levels under the masks; the bottom row comes first. */
  private static byte[] pixels(int bits, long[] masks) {
    ByteBuffer data =
        ByteBuffer.allocate((WIDTH * bits + 31) / 32 * 4 * HEIGHT).order(ByteOrder.LITTLE_ENDIAN);
    for (int y = HEIGHT - 1; y >= 0; y--) {
      for (int x = 0; x < WIDTH; x++) {
        long pixel = 0;
        for (int c = 0; c < masks.length; c++) {
          int shift = Long.numberOfTrailingZeros(masks[c]);
          pixel |= (long) Math.round(level(x, y, c) * (masks[c] >> shift) / 255f) << shift;
        }

        for (int i = 0; i < bits / 8; i++) {
          data.put((byte) (pixel >> (8 * i)));
        }
      }

      while (data.position() % 4 != 0) {
        data.put((byte) 0);
      }
    }

    return data.array();
  }

  private static byte[] bottomUp(byte[][] rows) {
    byte[][] turned = rows.clone();
    Collections.reverse(Arrays.asList(turned));
    return padded(turned);
  }

  private static byte[] padded(byte[][] rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] row : rows) {
      out.writeBytes(Arrays.copyOf(row, (row.length + 3) / 4 * 4));
    }

    return out.toByteArray();
  }

  /** The headers of a file. */
  private static final class File {
    private final int header;
    private final int bits;
    private final int compression;
    private long[] masks = {};
    private boolean topDown;
    private int pixelsAt = -1;
    private int colours;

    File(int header, int bits, int compression) {
      this.header = header;
      this.bits = bits;
      this.compression = compression;
    }

    byte[] bytes(byte[][] palette, byte[] data) {
      ByteBuffer out = ByteBuffer.allocate(2000).order(ByteOrder.LITTLE_ENDIAN);
      out.put(new byte[] {'B', 'M'}).putInt(0).putInt(0).putInt(0).putInt(header);
      if (header == OS2) {
        out.putShort((short) WIDTH).putShort((short) HEIGHT).putShort((short) 1);
        out.putShort((short) bits);
      } else {
        out.putInt(WIDTH).putInt(topDown ? -HEIGHT : HEIGHT).putShort((short) 1);
        out.putShort((short) bits).putInt(compression).putInt(data.length);
        out.putInt(2835).putInt(2835).putInt(colours).putInt(0);
        for (long mask : masks) {
          out.putInt((int) mask);
        }

        out.position(Math.max(out.position(), 14 + header));
      }

      for (byte[] entry : palette) {
        out.put(entry);
      }

      int place = pixelsAt < 0 ? out.position() : pixelsAt;
      out.put(data).putInt(2, out.position()).putInt(10, place);
      return Arrays.copyOf(out.array(), out.position());
    }
  }
}
