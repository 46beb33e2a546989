package convoy.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import convoy.data.ChildJvm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A picture that is refused memory is not a broken picture, whichever library asked for the memory.
 */
@EnabledOnOs(OS.LINUX)
class DecoderMemoryTest {
  /** The pixels take 243 MB in RGB. The coefficients of a progressive JPEG take as many bytes. */
  private static final int SIDE = 9000;

  /**
   * The C library's own settings. With the launcher's settings malloc takes more than it is asked
   * for, and keeps it.
   */
  private static final Map<String, String> MALLOC =
      Map.of(
          "MALLOC_TOP_PAD_", "131072",
          "MALLOC_TRIM_THRESHOLD_", "131072",
          "MALLOC_MMAP_MAX_", "65536");

  @TempDir private static Path folder;

  @BeforeAll
  static void writePictures() throws IOException {
    Files.write(folder.resolve("baseline"), jpeg(SIDE, 0));
    Files.write(folder.resolve("progressive"), jpeg(SIDE, 1));
    byte[] small = jpeg(64, 0);
    Files.write(folder.resolve("small"), small);
    small[200] ^= 0x55; // This byte is part of a Huffman table.
    Files.write(folder.resolve("broken"), small);
  }

  private static byte[] jpeg(int side, int progressive) {
    try (Mat mat = new Mat(side, side, CV_8UC3, new Scalar(1, 100, 200, 0));
        IntPointer options = new IntPointer(IMWRITE_JPEG_PROGRESSIVE, progressive);
        BytePointer file = new BytePointer()) {
      assertThat(imencode(".jpg", mat, file, options)).isTrue();
      byte[] bytes = new byte[Math.toIntExact(file.limit())];
      file.get(bytes);
      return bytes;
    }
  }

  private static List<String> decoded(long bytesLeft) throws Exception {
    return ChildJvm.run(
            MALLOC,
            List.of("-Xms600m", "-Xmx600m"),
            MemoryLoop.class,
            folder.toString(),
            String.valueOf(bytesLeft),
            "baseline",
            "progressive",
            "small",
            "broken")
        .survived();
  }

  @Test
  void aHeapThatIsTooSmallForPixelsThatJavaReadsIsNoDamageEither() throws Exception {
    Files.write(folder.resolve("runs"), bmpOfRuns());
    Files.write(folder.resolve("tiff"), tiffOfGrayAndAlpha());

    List<String> lines =
        ChildJvm.run(
                List.of("-Xmx200m"),
                MemoryLoop.class,
                folder.toString(),
                "0",
                "runs",
                "tiff",
                "small")
            .survived();

    assertThat(lines)
        .containsExactly("small 64", "runs out-of-memory", "tiff out-of-memory", "small 64");
  }

  /** One colour in runs of 250 pixels: 0.7 MB of which Java makes 324 MB. */
  private static byte[] bmpOfRuns() {
    int runs = SIDE / 250;
    ByteBuffer bmp = ByteBuffer.allocate(54 + 1024 + SIDE * (2 * runs + 2));
    bmp.order(ByteOrder.LITTLE_ENDIAN).put((byte) 'B').put((byte) 'M').putInt(10, 54 + 1024);
    bmp.putInt(14, 40).putInt(18, SIDE).putInt(22, SIDE).putShort(26, (short) 1);
    bmp.putShort(28, (short) 8).putInt(30, 1).putInt(54, 0xff0000).position(54 + 1024);
    for (int y = 0; y < SIDE; y++) {
      for (int run = 0; run < runs; run++) {
        bmp.put((byte) 250).put((byte) 0);
      }

      bmp.putShort((short) 0);
    }

    return bmp.array();
  }

  private static byte[] tiffOfGrayAndAlpha() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      for (int y = 0; y < SIDE; y++) {
        deflater.write(new byte[2 * SIDE]);
      }
    }

    TiffFile file = new TiffFile(false, false);
    file.with(256, SIDE).with(257, SIDE).with(258, 8, 8).with(259, 8).with(262, 1);
    return file.with(277, 2).with(278, SIDE).with(338, 2).chunk(out.toByteArray()).bytes();
  }

  @Test
  void openCvIsRefusedThePixels() throws Exception {
    assertThat(decoded(200_000_000))
        .containsExactly(
            "small 64",
            "baseline out-of-native-memory",
            "progressive out-of-native-memory",
            "small 64",
            "broken broken");
  }

  @Test
  void libjpegIsRefusedTheCoefficientsAndOpenCvSaysNothing() throws Exception {
    assertThat(decoded(400_000_000))
        .containsExactly(
            "small 64",
            "baseline 9000",
            "progressive out-of-native-memory",
            "small 64",
            "broken broken");
  }
}
