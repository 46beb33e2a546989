package convoy.data.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests orientations in formats other than JPEG; those in JPEG are among the odd pictures. */
class ExifTest {
  private static final int LOSSLESS = 101;

  private static void turned(Picture stored, int orientation, byte[] file)
      throws BadPictureException {
    Picture decoded = Decoder.decode(file);
    Picture upright = Orientation.upright(stored, orientation);
    assertThat(List.of(decoded.width(), decoded.height(), decoded.channels()))
        .containsExactly(upright.width(), upright.height(), upright.channels());
    assertThat(Grids.rows(decoded)).isEqualTo(Grids.rows(upright));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void aTiffIsTurnedByItsTagWhateverItsPixelsAre(int orientation) throws Exception {
    for (int bits : List.of(8, 16)) {
      turned(
          Grids.numbered(5, 3, 3),
          orientation,
          Tiffs.of(Grids.numbered(5, 3, 3), bits, orientation));
      Picture gray = Grids.numbered(5, 3, 1);
      Picture decoded = Decoder.decode(Tiffs.of(gray, bits, orientation));
      Picture upright = Orientation.upright(gray, orientation);
      assertThat(decoded.width()).as("gray, %d bits", bits).isEqualTo(upright.width());
      for (int i = 0; i < upright.pixels().length; i++) {
        assertThat(decoded.pixels()[i * decoded.channels()])
            .as("gray, %d bits, pixel %d", bits, i)
            .isEqualTo(upright.pixels()[i]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void aPngIsTurnedByItsChunk(int orientation) throws Exception {
    for (int channels : List.of(1, 3)) {
      Picture stored = Grids.numbered(5, 3, channels);
      byte[] png = Encoder.png(stored);
      byte[] chunk = PngChunk.of("eXIf", Tiffs.exif(orientation));
      // Exif may stand after the header or before the end.
      for (int at : List.of(8 + 25, png.length - 12)) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(png, 0, at);
        file.writeBytes(chunk);
        file.write(png, at, png.length - at);
        turned(stored, orientation, file.toByteArray());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void aWebpIsTurnedByItsChunkWithAndWithoutThePrefixOfJpeg(int orientation) throws Exception {
    Picture stored = Grids.numbered(5, 3, 3);
    for (String prefix : List.of("", "Exif\0\0")) {
      turned(stored, orientation, webp(stored, prefix, Tiffs.exif(orientation)));
    }
  }

  @Test
  void aDamagedOrientationLeavesThePixelsAsTheyAre() throws Exception {
    Picture stored = Grids.numbered(5, 3, 3);
    for (int orientation : List.of(0, 9, 65_535)) {
      turned(stored, 1, webp(stored, "", Tiffs.exif(orientation)));
      turned(stored, 1, Tiffs.of(stored, 8, orientation));
    }

    turned(stored, 1, webp(stored, "", Arrays.copyOf(Tiffs.exif(6), 12)));
  }

  @Test
  void aTiffThatStatesMillionsOfStripsCostsNoMemory() {
    byte[] hostile = Tiffs.ofManyStrips(2_000_000);
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> new TiffFormat().checkWhole(new Bytes(hostile, "tiff")))
        .isInstanceOf(BadPictureException.class)
        .hasMessageContaining("ends too early");
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).isLessThan(1_000_000);
    assertThatThrownBy(() -> Decoder.decode(hostile)).isInstanceOf(BadPictureException.class);
  }

  /** Creates an extended WebP: a lossless picture followed by its Exif. */
  private static byte[] webp(Picture picture, String prefix, byte[] exif) {
    byte[] simple = lossless(picture);
    byte[] named = (prefix + new String(exif, ISO_8859_1)).getBytes(ISO_8859_1);
    ByteBuffer file = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(ISO_8859_1)).putInt(0).put("WEBPVP8X".getBytes(ISO_8859_1));
    file.putInt(10).putInt(8); // The flag says that Exif is present.
    file.put((byte) (picture.width() - 1)).putShort((short) 0);
    file.put((byte) (picture.height() - 1)).putShort((short) 0);
    file.put(simple, 12, simple.length - 12);
    file.put("EXIF".getBytes(ISO_8859_1)).putInt(named.length).put(named);
    file.put(new byte[named.length % 2]);
    file.putInt(4, file.position() - 8);
    return Arrays.copyOf(file.array(), file.position());
  }

  private static byte[] lossless(Picture picture) {
    byte[] reversed = picture.pixels().clone();
    for (int i = 0; i < reversed.length; i += 3) {
      reversed[i] = picture.pixels()[i + 2];
      reversed[i + 2] = picture.pixels()[i];
    }

    try (BytePointer pixels = new BytePointer(reversed);
        Mat mat = new Mat(picture.height(), picture.width(), opencv_core.CV_8UC3, pixels);
        IntPointer options = new IntPointer(opencv_imgcodecs.IMWRITE_WEBP_QUALITY, LOSSLESS);
        BytePointer file = new BytePointer()) {
      assertThat(opencv_imgcodecs.imencode(".webp", mat, file, options)).isTrue();
      byte[] bytes = new byte[Math.toIntExact(file.limit())];
      file.get(bytes);
      return bytes;
    }
  }
}
