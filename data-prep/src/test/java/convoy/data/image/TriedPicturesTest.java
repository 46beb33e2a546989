package convoy.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pictures that were once read wrongly or refused for a wrong reason. */
class TriedPicturesTest {
  /** Size and channels, and the pixel in the third column of the third row; or the refusal. */
  private static final String EXPECTED =
      """
      bf16_555_40.bmp                          40x24x3 255,0,0
      bf16_565_124.bmp                         40x24x3 255,0,0
      bf32_10bit_40.bmp                        40x24x3 255,0,0
      bf32_rgbx_40.bmp                         40x24x3 255,0,0
      ga8.tif                                  40x24x1 255
      gray32.tif                               unsupported-format 32-bit tiff
      gray4.tif                                40x24x1 170
      heix.jpg                                 unsupported-format heic
      im_rle_w41.bmp                           41x24x3 49,248,7
      ms5.tif                                  40x24x3 255,0,0
      os2_pal8_16col.bmp                       40x24x3 255,0,0
      os2_rgb24.bmp                            40x24x3 255,0,0
      pal1.tif                                 40x24x3 0,0,255
      pil__8bit.s.tif                          unsupported-format signed tiff
      pil__apng_chunk_no_fdat.png              128x64x3 0,255,0
      pil__bmp_g_rgb32bf.bmp                   127x64x3 247,16,16
      pil__dispose_bgnd_rgba.gif               100x100x3 135,206,235
      pil__mmap_error.bmp                      127x64x3 255,43,51
      planar16.tif                             40x24x3 255,0,0
      planar16_lzw.tif                         40x24x3 255,0,0
      planar8_tiled.tif                        40x24x3 255,0,0
      ref.png                                  40x24x3 255,0,0
      rgba16_assoc.tif                         40x24x3 254,127,127
      rgbx8_unspec.tif                         40x24x3 255,0,0
      tm__tiff_depth_flower-rgb-planar-16.tif  73x43x3 77,78,68
      wp__one_color_no_palette.webp            100x100x3 255,255,255
      """;

  /** Files that show the same as ref.png, and how far their levels may be from it. */
  private static final Map<String, Integer> LIKE_REFERENCE =
      Map.of(
          "bf16_555_40.bmp", 8, // A level of 5 bits is up to 4 away, and rounded.
          "bf16_565_124.bmp", 8,
          "bf32_10bit_40.bmp", 0,
          "bf32_rgbx_40.bmp", 0,
          "ms5.tif", 0,
          "os2_rgb24.bmp", 0,
          "planar16.tif", 0,
          "planar16_lzw.tif", 0,
          "planar8_tiled.tif", 0,
          "rgbx8_unspec.tif", 0);

  @Test
  void eachFileHasItsStatedOutcome() throws IOException {
    Map<String, String> expected =
        EXPECTED
            .lines()
            .map(line -> line.split(" +", 2))
            .collect(Collectors.toMap(row -> row[0], row -> row[1], (a, b) -> b, TreeMap::new));

    Map<String, String> actual = new TreeMap<>();
    try (Stream<Path> files = Files.list(SharedData.path("tried/pictures"))) {
      for (Path file : files.toList()) {
        actual.put(file.getFileName().toString(), outcome(Files.readAllBytes(file)));
      }
    }

    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void whatShowsTheReferenceHasItsPixels() throws Exception {
    Picture reference = Decoder.decode(SharedData.bytes("tried/pictures/ref.png"));
    for (Map.Entry<String, Integer> file : LIKE_REFERENCE.entrySet()) {
      Picture picture = Decoder.decode(SharedData.bytes("tried/pictures/" + file.getKey()));
      assertThat(Differences.most(picture, reference))
          .as(file.getKey())
          .isLessThanOrEqualTo(file.getValue());
    }
  }

  private static String outcome(byte[] bytes) {
    try {
      Picture picture = Decoder.decode(bytes);
      int channels = picture.channels();
      StringBuilder pixel = new StringBuilder();
      for (int c = 0; c < channels; c++) {
        int level = picture.pixels()[(2 * picture.width() + 2) * channels + c] & 0xff;
        pixel.append(c == 0 ? "" : ",").append(level);
      }

      return "%dx%dx%d %s".formatted(picture.width(), picture.height(), channels, pixel);
    } catch (BadPictureException refused) {
      return refused.code() + " " + refused.getMessage().replaceAll(" is not read.*", "");
    }
  }
}
