package convoy.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OddPicturesTest {
  /** The expected result for each file: upright size and channels, or the code of its refusal. */
  private static final String EXPECTED =
      """
      ._n01440764_1.JPEG          not-a-picture
      animated.gif                100x100x3
      arithmetic_coded.jpg        227x149x3
      baseline_plain.jpg          227x149x3
      bilevel1.png                32x32x1
      bomb_65535.gif              truncated
      broken_stream.png           broken
      cmyk_adobe_100x100.jpg      100x100x3
      cmyk_mozilla_1.jpg          32x32x3
      exif_orientation_3.jpg      128x128x3
      exif_orientation_6.jpg      128x128x3
      exif_orientation_8.jpg      128x128x3
      exif_photo_landscape_1.jpg  1800x1200x3
      exif_photo_landscape_6.jpg  1800x1200x3
      extraneous_bytes_after_sos.jpg  1744x2464x3
      gif_inside.JPEG             128x128x3
      gray16.png                  32x32x1
      gray_128.jpg                128x128x1
      gray_500_bad_exif.jpg       500x500x1
      gray_alpha8.png             32x32x1
      gray_subsampled_16x24.jpg   16x24x1
      html_error_page.JPEG        not-a-picture
      jpeg_12bit.jpg              unsupported-format
      junk_header.jpg             1024x768x3
      lossless_sof3_gradient.jpg  unsupported-format
      lossy.webp                  128x128x3
      max_size_65500.jpg          too-many-pixels
      missing_sof.jpg             truncated
      missing_sos.jpg             broken
      mpo_two_pictures.jpg        640x480x3
      no_sof_text_mode.jpg        truncated
      null_height.jpg             zero-size
      one_pixel.jpg               1x1x3
      palette8.png                32x32x3
      palette_transparent.png     64x64x3
      plain.bmp                   128x128x3
      plain.tif                   128x128x3
      png_inside.JPEG             640x480x3
      progressive.jpg             32x32x3
      progressive_icc_512k.jpg    425x250x3
      progressive_photo.jpg       256x160x3
      progressive_truncated.jpg   truncated
      restart_markers.jpg         33x33x3
      rgb16.png                   32x32x3
      rgb_not_ycc.jpg             500x333x3
      rgba8.png                   32x32x3
      size_17x17.jpg              17x17x3
      tiny_75x56.JPEG             75x56x3
      truncated.png               truncated
      truncated_half.JPEG         truncated
      truncated_header_only.JPEG  truncated
      very_wide_411x120.JPEG      411x120x3
      webp_inside.JPEG            128x128x3
      ycck_photo.jpg              500x333x3
      zero_bytes.JPEG             empty
      """;

  @Test
  void eachFileHasItsStatedOutcome() throws IOException {
    Map<String, String> expected =
        EXPECTED
            .lines()
            .map(line -> line.split(" +"))
            .collect(Collectors.toMap(row -> row[0], row -> row[1], (a, b) -> b, TreeMap::new));

    Map<String, String> actual = new TreeMap<>();
    for (Path file : files()) {
      actual.put(file.getFileName().toString(), outcome(Files.readAllBytes(file)));
    }

    assertThat(actual).isEqualTo(expected).hasSize(55);
  }

  @Test
  void aFileThatIsNotRefusedByItsHeaderStatesItsStoredSize() throws Exception {
    Decoder.Header turned = Decoder.header(file("exif_photo_landscape_6.jpg"));
    Decoder.Header misnamed = Decoder.header(file("png_inside.JPEG"));

    assertThat(turned).isEqualTo(new Decoder.Header("jpeg", 1200, 1800));
    assertThat(misnamed).isEqualTo(new Decoder.Header("png", 640, 480));
  }

  @Test
  void aTurnedPhotoShowsTheSameAsTheUprightOne() throws Exception {
    Picture upright = Decoder.decode(file("exif_photo_landscape_1.jpg"));
    Picture turned = Decoder.decode(file("exif_photo_landscape_6.jpg"));

    // The pictures were compressed separately, and each shows a different digit. Any other turn
    // would differ by 60.
    assertThat(Differences.mean(upright, turned)).isLessThan(5);
  }

  @Test
  void coloursOfInkAreCloseToTheReference() throws Exception {
    for (String name : List.of("cmyk_mozilla_1", "ycck_photo")) {
      Picture reference = Decoder.decode(SharedData.bytes("odd_images/reference/" + name + ".png"));
      double difference = Differences.mean(Decoder.decode(file(name + ".jpg")), reference);

      System.out.printf("%s: mean difference to the reference %.2f of 255%n", name, difference);
      assertThat(difference).as(name).isLessThan(1);
    }
  }

  private static String outcome(byte[] bytes) {
    try {
      Picture picture = Decoder.decode(bytes);
      return picture.width() + "x" + picture.height() + "x" + picture.channels();
    } catch (BadPictureException refused) {
      return refused.code();
    }
  }

  private static byte[] file(String name) throws IOException {
    return SharedData.bytes("odd_images/images/" + name);
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(SharedData.path("odd_images/images"))) {
      return files.sorted().toList();
    }
  }
}
