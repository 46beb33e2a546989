package convoy.data.image;

import org.bytedeco.javacpp.Pointer;

/** A separate program: decodes thousands of pictures and prints how much memory stays allocated. */
final class DecodeLoop {
  private DecodeLoop() {}

  public static void main(String[] arguments) {
    int times = Integer.parseInt(arguments[0]);
    byte[] good = Encoder.jpeg(Grids.numbered(256, 256, 3), 90);
    byte[] bad = good.clone();
    // A Huffman table is damaged, so the native decoder gives up after it has started.
    bad[200] ^= 0x55;

    int refused = decode(good, bad, 500);
    long memory = Pointer.physicalBytes();
    long pointers = Pointer.totalBytes();
    refused += decode(good, bad, times);
    System.out.printf(
        "%d %d %d%n", Pointer.physicalBytes() - memory, Pointer.totalBytes() - pointers, refused);
  }

  private static int decode(byte[] good, byte[] bad, int times) {
    int refused = 0;
    for (int i = 0; i < times; i++) {
      try {
        if (Decoder.decode(i % 4 == 3 ? bad : good).width() != 256) {
          throw new AssertionError("another picture came back");
        }
      } catch (BadPictureException expected) {
        refused++;
      }
    }

    return refused;
  }
}
