package convoy.data.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderTest {
  private static final int GRAY = 0;
  private static final int RGB = 2;
  private static final int GRAY_ALPHA = 4;
  private static final int RGBA = 6;

  @Test
  void aPngComesBackAsItsPixelsInRedGreenBlueOrder() throws Exception {
    Picture picture = Grids.numbered(5, 4, 3);

    Picture decoded = Decoder.decode(Encoder.png(picture));

    assertThat(Grids.rows(decoded)).isEqualTo(Grids.rows(picture));
  }

  @Test
  void aGrayJpegStaysOneChannelAndClose() throws Exception {
    Picture picture = Grids.gray(new int[] {10, 60, 110}, new int[] {60, 110, 160});

    Picture decoded = Decoder.decode(Encoder.jpeg(picture, 100));

    assertThat(decoded.channels()).isEqualTo(1);
    assertThat(Differences.mean(decoded, picture)).isLessThan(2);
  }

  @Test
  void transparencyIsLaidOnWhite() throws Exception {
    byte[] png = png(3, 1, 8, RGBA, 255, 0, 0, 255, 255, 0, 0, 0, 0, 100, 200, 128);

    // The last two pixels are 100 * 128 / 255 + 127 and 200 * 128 / 255 + 127, rounded.
    assertThat(Grids.rows(Decoder.decode(png))).containsExactly("255 0 0 255 255 255 127 177 227");
  }

  @Test
  void grayWithTransparencyStaysOneChannel() throws Exception {
    byte[] png = png(2, 1, 8, GRAY_ALPHA, 40, 255, 40, 0);

    assertThat(Grids.rows(Decoder.decode(png))).containsExactly("40 255");
  }

  @Test
  void sixteenBitsAreScaledToEight() throws Exception {
    // 0x8080 is exactly 128 of 255; 0x00ff is 0.99 and 0x0180 is 1.49.
    byte[] png = png(5, 1, 16, GRAY, 0, 0, 0xff, 0xff, 0x80, 0x80, 0x00, 0xff, 0x01, 0x80);

    assertThat(Grids.rows(Decoder.decode(png))).containsExactly("0 255 128 1 1");
  }

  @Test
  void aSizeThatTheBytesCannotHoldCostsNoMemory() {
    byte[] large = png(13_000, 13_000, 8, RGB);
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    assertThat(headerOf(large)).isEqualTo(new Decoder.Header("png", 13_000, 13_000));
    assertThat(code(large)).isEqualTo("broken");
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).isLessThan(1_000_000);
  }

  @Test
  void anAllocationThatOpenCvIsRefusedIsNoDamageOfThePicture() {
    Bytes file = new Bytes(new byte[0], "png");
    RuntimeException refused =
        catchThrowableOfType(
            RuntimeException.class,
            () -> new Mat(2_000_000_000, 1_000_000, opencv_core.CV_8UC1).close());

    assertThatThrownBy(() -> OpenCv.problem(file, refused))
        .isInstanceOf(NativeMemoryError.class)
        .hasMessageContaining("Insufficient memory");
    // This message has the same words under a different code, that of a failed assertion.
    assertThat(
            OpenCv.problem(file, new RuntimeException("error: (-215:Insufficient memory) x"))
                .code())
        .isEqualTo("broken");
  }

  @Test
  void moreThan178MegapixelsAreRefusedAndOneFewerIsNot() throws Exception {
    assertThat(code(png(12_471, 14_351, 8, GRAY))).isEqualTo("too-many-pixels");
    // This is exactly the limit.
    assertThat(Decoder.header(png(12_470, 14_351, 8, GRAY)).width()).isEqualTo(12_470);
    assertThat(code(png(1000, 1, 8, GRAY))).isEqualTo("extreme-aspect");
    assertThat(Decoder.header(png(1, 999, 8, GRAY)).height()).isEqualTo(999);
    assertThat(code(png(-1, -1, 8, GRAY))).isEqualTo("too-many-pixels");
    assertThat(code(png(0, 5, 8, GRAY))).isEqualTo("zero-size");
  }

  @Test
  void aJpegTooShortForItsStatedSizeIsRefusedBeforeDecoding() {
    byte[] jpeg = Encoder.jpeg(Grids.numbered(8, 8, 3), 90);
    int frame = indexOf(jpeg, 0xff, 0xc0);
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 13_000).putShort(frame + 7, (short) 13_000);

    assertThat(code(jpeg)).isEqualTo("broken");
  }

  @Test
  void nothingOrTextIsNoPicture() {
    assertThat(code(new byte[0])).isEqualTo("empty");
    assertThat(code("BM is how this text begins, and no more".getBytes(UTF_8)))
        .isEqualTo("not-a-picture");
    assertThat(code(new byte[] {(byte) 0xff})).isEqualTo("not-a-picture");
  }

  @Test
  void aKnownFormatThatIsNotReadIsNamed() {
    byte[] avif = "\0\0\0\034ftypavif\0\0\0\0".getBytes(UTF_8);

    BadPictureException refused =
        catchThrowableOfType(BadPictureException.class, () -> Decoder.decode(avif));

    assertThat(refused.code()).isEqualTo("unsupported-format");
    assertThat(refused).hasMessage("avif is not read; known: jpeg, png, gif, bmp, webp, tiff");
  }

  @ParameterizedTest
  @ValueSource(strings = {"heic", "heix", "heim", "heis", "hevc", "hevx"})
  void aPhotographOfAPhoneIsAPictureThatIsNotRead(String brand) {
    byte[] heic = ("\0\0\0\030ftyp" + brand + "\0\0\0\0mif1" + brand).getBytes(UTF_8);

    BadPictureException refused =
        catchThrowableOfType(BadPictureException.class, () -> Decoder.decode(heic));

    assertThat(refused.code()).isEqualTo("unsupported-format");
    assertThat(refused).hasMessage("heic is not read; known: jpeg, png, gif, bmp, webp, tiff");
  }

  @Test
  void aWebpOfOneColourIsReadThoughItIsShorterThanOpenCvExpects() throws Exception {
    byte[] webp = webpOfOneColour();

    Picture decoded = Decoder.decode(webp);

    assertThat(webp).hasSize(28);
    assertThat(Grids.rows(decoded)).containsExactly("1 0 1 1 0 1", "1 0 1 1 0 1", "1 0 1 1 0 1");
    assertThat(code(Arrays.copyOf(webp, 27))).isEqualTo("truncated");
  }

  /** Writes 2 x 3 pixels without loss (WebP Lossless Bitstream Specification). */
  private static byte[] webpOfOneColour() {
    // Each pair is a number and its bits: the size less 1, no alpha, version 0; no transform, no
    // cache, no groups; and five codes of one symbol of one bit: green, red, blue, alpha, distance.
    int[][] parts = {
      {1, 14}, {2, 14}, {0, 1}, {0, 3}, {0, 3}, {1, 3}, {0, 1}, {1, 3}, {1, 1}, {1, 3}, {1, 1},
      {1, 3}, {1, 1}, {1, 3}, {0, 1}
    };
    long bits = 0;
    int count = 0;
    for (int[] part : parts) {
      bits |= (long) part[0] << count;
      count += part[1];
    }

    ByteBuffer webp = ByteBuffer.allocate(28).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    webp.put("RIFF".getBytes(UTF_8)).putInt(20).put("WEBPVP8L".getBytes(UTF_8)).putInt(8);
    return webp.put((byte) 0x2f).putLong(20, (webp.getLong(20) & 0xff) | (bits << 8)).array();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png"})
  void aPictureCutAnywhereIsRefused(String format) {
    Picture picture = Grids.numbered(40, 30, 3);
    byte[] whole = format.equals("png") ? Encoder.png(picture) : Encoder.jpeg(picture, 90);
    // A PNG counts as complete once the name of its last chunk is there, so its last 8 bytes are
    // not cut.
    int end = format.equals("png") ? whole.length - 8 : whole.length;
    for (int length = 12; length < end; length++) {
      assertThat(code(Arrays.copyOf(whole, length))).as("cut at " + length).isEqualTo("truncated");
    }
  }

  @Test
  void aDamagedPngIsNoticedByItsChecksum() {
    byte[] png = Encoder.png(Grids.numbered(40, 30, 3));
    png[indexOf(png, 'I', 'D', 'A', 'T') + 20] ^= 1;

    assertThat(code(png)).isEqualTo("broken");
  }

  private static Decoder.Header headerOf(byte[] bytes) {
    try {
      return Decoder.header(bytes);
    } catch (BadPictureException refused) {
      throw new AssertionError(refused);
    }
  }

  private static String code(byte[] bytes) {
    try {
      Decoder.decode(bytes);
      return "decodes";
    } catch (BadPictureException refused) {
      return refused.code();
    }
  }

  private static int indexOf(byte[] bytes, int... wanted) {
    for (int at = 0; at < bytes.length - wanted.length; at++) {
      int found = 0;
      while (found < wanted.length && (bytes[at + found] & 0xff) == wanted[found]) {
        found++;
      }

      if (found == wanted.length) {
        return at;
      }
    }

    throw new AssertionError("not found");
  }

  /** Creates a PNG with one unfiltered row, or without any pixels. */
  private static byte[] png(int width, int height, int bits, int colourType, int... row) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) bits).put((byte) colourType);
    out.writeBytes(PngChunk.of("IHDR", header.array()));
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(data)) {
      deflater.write(0);
      for (int value : row) {
        deflater.write(value);
      }
    } catch (java.io.IOException impossible) {
      throw new AssertionError(impossible);
    }

    out.writeBytes(PngChunk.of("IDAT", data.toByteArray()));
    out.writeBytes(PngChunk.of("IEND", new byte[0]));
    return out.toByteArray();
  }
}
