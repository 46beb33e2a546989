package convoy.data.image;

import static convoy.data.image.Variant.HEIGHT;
import static convoy.data.image.Variant.WIDTH;
import static convoy.data.image.Variant.index;
import static convoy.data.image.Variant.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** GIF files: palettes, transparency, places of the first frame, and frames after it. */
final class GifVariants {
  private static final int COLOURS = 32;

  private final List<Variant> variants = new ArrayList<>();

  private GifVariants() {}

  static List<Variant> all() {
    GifVariants all = new GifVariants();
    for (boolean global : new boolean[] {true, false}) {
      for (boolean local : new boolean[] {true, false}) {
        for (int transparent : new int[] {-1, 0, 9}) {
          for (boolean animated : new boolean[] {false, true}) {
            all.palettes(global, local, transparent, animated);
          }
        }
      }
    }

    Frame interlaced = new Frame(0, 0, WIDTH, HEIGHT);
    interlaced.interlaced = true;
    all.variants.add(
        new Variant(
            "gif/interlaced",
            file(true, WIDTH, HEIGHT, interlaced),
            picture(3, (x, y, c) -> colour(index(x, y, COLOURS), c, false))));
    for (boolean local : new boolean[] {true, false}) {
      all.place("inside", local, 1, 2, 3, 2, WIDTH, HEIGHT);
      all.place("beyond", local, 3, 2, WIDTH, HEIGHT, WIDTH + 3, HEIGHT + 2);
    }

    all.variants.add(
        new Variant(
            "gif/screen-of-0",
            file(true, 0, 0, new Frame(0, 0, WIDTH, HEIGHT)),
            picture(3, (x, y, c) -> colour(index(x, y, COLOURS), c, false))));
    return all.variants;
  }

  private void palettes(boolean global, boolean local, int transparent, boolean animated) {
    Frame first = new Frame(0, 0, WIDTH, HEIGHT);
    first.local = local;
    first.transparent = transparent;
    List<Frame> frames = new ArrayList<>(List.of(first));
    if (animated) {
      Frame second = new Frame(1, 1, 3, 3);
      second.disposal = 2;
      first.disposal = 2;
      frames.add(second);
    }

    String name =
        "gif/%s%s%s%s"
            .formatted(
                global ? "global" : "no-global",
                local ? "-local" : "",
                transparent < 0 ? "" : "-transparent-" + transparent,
                animated ? "-animated" : "");
    variants.add(
        new Variant(
            name,
            file(global, WIDTH, HEIGHT, frames.toArray(Frame[]::new)),
            picture(
                3,
                (x, y, c) -> {
                  int index = index(x, y, COLOURS);
                  int gray = global || local ? colour(index, c, local) : index;
                  return index == transparent ? 255 : gray;
                })));
  }

  private void place(
      String name, boolean local, int left, int top, int width, int height, int right, int bottom) {
    for (int transparent : new int[] {-1, 9}) {
      Frame frame = new Frame(left, top, width, height);
      frame.local = local;
      frame.transparent = transparent;
      variants.add(
          new Variant(
              "gif/%s%s%s".formatted(name, local ? "-local" : "", transparent < 0 ? "" : "-clear"),
              file(true, WIDTH, HEIGHT, frame),
              picture(
                  right,
                  bottom,
                  3,
                  (x, y, c) -> {
                    boolean inside = x >= left && x < left + width && y >= top && y < top + height;
                    int index =
                        inside ? index(x - left, y - top, COLOURS) : Math.max(0, transparent);
                    return index == transparent ? 255 : colour(index, c, local);
                  })));
    }
  }

  private static int colour(int index, int channel, boolean local) {
    int level = index * 255 / (COLOURS - 1);
    return channel == 0 ? level : channel == 1 ? 255 - level : local ? 200 : 77;
  }

  /** A frame of a file. */
  private static final class Frame {
    private final int left;
    private final int top;
    private final int width;
    private final int height;
    private boolean local;
    private boolean interlaced;
    private int transparent = -1;
    private int disposal;

    Frame(int left, int top, int width, int height) {
      this.left = left;
      this.top = top;
      this.width = width;
      this.height = height;
    }
  }

  private static byte[] file(boolean global, int width, int height, Frame... frames) {
    ByteBuffer out = ByteBuffer.allocate(4000).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {'G', 'I', 'F', '8', '9', 'a'});
    out.putShort((short) width).putShort((short) height);
    // The palette has 2 to the power of (4 + 1) colours; colour 5 is the background.
    out.put((byte) (global ? 0xf4 : 0x70)).put((byte) 5).put((byte) 0);
    palette(out, global, false);
    for (Frame frame : frames) {
      out.put(new byte[] {0x21, (byte) 0xf9, 4});
      out.put((byte) ((frame.disposal << 2) | (frame.transparent < 0 ? 0 : 1))).putShort((short) 5);
      out.put((byte) Math.max(0, frame.transparent)).put((byte) 0).put((byte) 0x2c);
      out.putShort((short) frame.left).putShort((short) frame.top);
      out.putShort((short) frame.width).putShort((short) frame.height);
      out.put((byte) ((frame.local ? 0x84 : 0) | (frame.interlaced ? 0x40 : 0)));
      palette(out, frame.local, true);
      byte[] data = compressed(frame);
      out.put((byte) 8).put((byte) data.length).put(data).put((byte) 0);
    }

    out.put((byte) ';');
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return bytes;
  }

  private static void palette(ByteBuffer out, boolean there, boolean local) {
    for (int i = 0; there && i < 3 * COLOURS; i++) {
      out.put((byte) colour(i / 3, i % 3, local));
    }
  }

  /** Codes of 9 bits, the lowest bit first: "clear the table", each index, and the end. */
  private static byte[] compressed(Frame frame) {
    List<Integer> rows = new ArrayList<>();
    int[][] passes = frame.interlaced ? new int[][] {{0, 8}, {4, 8}, {2, 4}, {1, 2}} : null;
    for (int[] pass : passes == null ? new int[][] {{0, 1}} : passes) {
      for (int y = pass[0]; y < frame.height; y += pass[1]) {
        rows.add(y);
      }
    }

    List<Integer> codes = new ArrayList<>(Collections.singletonList(256));
    for (int y : rows) {
      for (int x = 0; x < frame.width; x++) {
        codes.add(index(x, y, COLOURS));
      }
    }

    codes.add(257);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int bits = 0;
    int count = 0;
    for (int code : codes) {
      bits |= code << count;
      for (count += 9; count >= 8; count -= 8) {
        out.write(bits & 0xff);
        bits >>= 8;
      }
    }

    out.write(bits);
    return out.toByteArray();
  }
}
