package convoy.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Small files that state large pictures, in the formats whose pixels Java reads. */
class HostileSizesTest {
  private static final int SIDE = 13_000;
  private static final int DEFLATE = 8;

  @Test
  void aSizeThatTheBytesCannotHoldCostsNoMemory() {
    // The rest of the file is about 70 bytes of pixels.
    List<byte[]> files = new ArrayList<>();
    for (String name : List.of("bmp/rle8-runs", "bmp/40-plain-24", "bmp/124-palette-1")) {
      byte[] bmp = Variant.file(BmpVariants.all(), name);
      ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, SIDE).putInt(22, SIDE);
      files.add(bmp);
    }

    byte[] gif = Variant.file(GifVariants.all(), "gif/no-global");
    ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN).putShort(26, (short) SIDE);
    ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN).putShort(28, (short) SIDE);
    files.add(gif);
    for (int compression : new int[] {1, 5, DEFLATE, 32773}) {
      files.add(tiff(compression).with(278, SIDE).bytes());
      files.add(tiff(compression).with(322, 40_000).with(323, 40_000).bytes());
      files.add(tiff(compression).with(322, -1).with(323, -1).bytes());
    }

    for (byte[] file : files) {
      BadPictureException refused =
          catchThrowableOfType(BadPictureException.class, () -> Decoder.decode(file));
      assertThat(refused.code()).as(refused.getMessage()).isIn("broken", "truncated");
    }

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (byte[] file : files) {
      assertThatThrownBy(() -> Decoder.decode(file)).isInstanceOf(BadPictureException.class);
    }

    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).as("bytes for %d files", files.size()).isLessThan(5_000_000);
  }

  /** Two samples, gray and alpha, which the JDK reads. */
  private static TiffFile tiff(int compression) {
    TiffFile file = new TiffFile(false, false);
    file.with(256, SIDE).with(257, SIDE).with(258, 8, 8).with(259, compression).with(262, 1);
    file.with(277, 2).with(338, 2);
    file.chunk(7, 5, 2, 8, Variant::level);
    return file;
  }
}
