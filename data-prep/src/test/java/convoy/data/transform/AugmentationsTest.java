package convoy.data.transform;

import static convoy.data.image.Grids.gray;
import static convoy.data.image.Grids.numbered;
import static convoy.data.image.Grids.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import convoy.data.image.Picture;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests the papers' augmentations against what the papers say and against golden pixels. */
class AugmentationsTest {
  private static final Picture GRID =
      gray(
          new int[] {0, 40, 80, 120},
          new int[] {50, 90, 130, 170},
          new int[] {100, 140, 180, 220},
          new int[] {150, 190, 230, 255});

  private static final Picture COLOURS =
      new Picture(2, 1, 3, new byte[] {100, 50, 25, 10, (byte) 200, 120});

  /**
   * The vectors lie along red, green and blue, so the shift of one can be distinguished from the
   * others.
   */
  private static final ColourComponents ALONG_RED =
      new ColourComponents(List.of(25_500.0, 0.0, 0.0), ColourComponents.NONE.vectors());

  /** The script scripts/reference-augmentations.py computes these pixels with Pillow and NumPy. */
  @Test
  void goldenPixels() {
    Map<String, List<String>> golden =
        Map.of(
            "affine", List.of("9 28 57 80", "50 90 118 147", "121 151 180 209", "87 149 224 199"),
            "elastic",
                List.of("11 81 161 109", "47 130 198 213", "37 144 194 210", "50 89 135 213"),
            "randomResizedCrop", List.of("90 110 130", "140 160 180", "190 210 230"),
            "scaleJitter", List.of("65 127", "143 203"),
            "photometric", List.of("95 44 16 0 182 98"),
            "lighting", List.of("115 50 25 25 200 120"));

    assertThat(
            Map.of(
                "affine", rows(apply(Map.of("affine", Map.of("rotation", 30)), GRID, 1)),
                "elastic", rows(apply(Map.of("elastic", Map.of("alpha", 4, "sigma", 1)), GRID, 1)),
                "randomResizedCrop", rows(apply(Map.of("randomResizedCrop", 3), GRID, 3)),
                "scaleJitter",
                    rows(apply(Map.of("scaleJitter", Map.of("min", 2, "max", 3)), GRID, 1)),
                "photometric", rows(apply(Map.of("photometric", 0.5), COLOURS, 1)),
                "lighting", rows(lighting(COLOURS, 1))))
        .isEqualTo(golden);
  }

  @Test
  void lightingShiftsByATenthOfTheVarianceInTheMean() {
    double squares = 0;
    int draws = 4000;
    Picture middle = new Picture(1, 1, 3, new byte[] {127, 100, 50});
    for (long seed = 0; seed < draws; seed++) {
      Picture shifted = lighting(middle, seed);
      assertThat(Arrays.copyOfRange(shifted.pixels(), 1, 3)).containsExactly(100, 50);
      squares += Math.pow((shifted.pixels()[0] & 0xff) - 127, 2);
    }

    // The expected deviation is 0.1 * 25,500 / 255 = 10 gray levels.
    assertThat(Math.sqrt(squares / draws)).isCloseTo(10, within(0.5));
  }

  @Test
  void lightingShiftsAllPixelsOfAPictureAlikeAndMakesGrayColour() {
    Picture shifted = lighting(gray(new int[] {100, 120}), 1);

    assertThat(shifted.channels()).isEqualTo(3);
    int shift = (shifted.pixels()[0] & 0xff) - 100;
    assertThat(shift).isNotZero();
    assertThat((shifted.pixels()[3] & 0xff) - 120).isEqualTo(shift);
    assertThat(shifted.pixels()[1]).isEqualTo((byte) 100);
  }

  @Test
  void scaleJitterTakesEachShortSideAboutAsOften() {
    int[] counts = new int[8];
    for (long seed = 0; seed < 4000; seed++) {
      Picture scaled =
          apply(Map.of("scaleJitter", Map.of("min", 4, "max", 7)), numbered(10, 5, 3), seed);
      assertThat(scaled.width()).isEqualTo(2 * scaled.height());
      counts[scaled.height()]++;
    }

    for (int side = 4; side < 8; side++) {
      assertThat(counts[side]).isBetween(900, 1100);
    }
  }

  @Test
  void scaleJitterIsVggsWithoutOptionsAndNeedsAnOrderedRange() {
    assertThat(parse(Map.of("scaleJitter", Map.of()))).isEqualTo(new ScaleJitter(256, 512, true));
    assertThatThrownBy(() -> parse(Map.of("scaleJitter", Map.of("min", 300, "max", 299))))
        .hasMessage("transform scaleJitter: max: '299' is not a whole number from 300 to 65536");
  }

  @Test
  void aValueWithoutANameIsRefusedWhereNoOptionIsMeant() {
    assertThatThrownBy(() -> parse(Map.of("scaleJitter", 256)))
        .hasMessage(
            "transform scaleJitter: takes named keys, not 256 alone; known are min, max, antialias");
    assertThatThrownBy(() -> parse(Map.of("affine", 10)))
        .hasMessageContaining("known are rotation, shear, scale, translation");
    assertThatThrownBy(
            () -> parse(Map.of("randomResizedCrop", Map.of("size", 3, "antialias", "no"))))
        .hasMessage("transform randomResizedCrop: antialias: 'no' is neither true nor false");
  }

  @Test
  void randomResizedCropAlwaysHasItsSizeEvenOfExtremePictures() {
    for (int[] sides : new int[][] {{1, 1}, {1, 300}, {300, 1}, {50, 40}}) {
      for (long seed = 0; seed < 50; seed++) {
        Picture crop = apply(Map.of("randomResizedCrop", 8), numbered(sides[0], sides[1], 3), seed);
        assertThat(crop.width()).isEqualTo(8);
        assertThat(crop.height()).isEqualTo(8);
      }
    }
  }

  @Test
  void randomResizedCropCoversEightToAHundredPercent() {
    // Gray levels that rise along the width show how wide the part was.
    byte[] ramp = new byte[200 * 200];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = (byte) (i % 200);
    }

    Picture picture = new Picture(200, 200, 1, ramp);
    double narrowest = 1;
    double widest = 0;
    for (long seed = 0; seed < 2000; seed++) {
      byte[] pixels = apply(Map.of("randomResizedCrop", 20), picture, seed).pixels();
      double width = ((pixels[19] & 0xff) - (pixels[0] & 0xff)) / 190.0;
      narrowest = Math.min(narrowest, width);
      widest = Math.max(widest, width);
    }

    // The bounds are the square root of 0.08 * 3/4, and the whole width.
    assertThat(narrowest).isCloseTo(0.245, within(0.02));
    assertThat(widest).isCloseTo(1, within(0.02));
  }

  @Test
  void distortionsOfNoStrengthChangeNothing() {
    Picture picture = numbered(9, 7, 3);
    for (Map<String, Object> none :
        List.<Map<String, Object>>of(
            Map.of("photometric", 0),
            Map.of("elastic", 0),
            Map.of("lighting", 0),
            Map.of("affine", Map.of("rotation", 0, "shear", 0, "scale", 0, "translation", 0)))) {
      assertThat(rows(apply(none, picture, 5))).isEqualTo(rows(picture));
    }
  }

  @Test
  void aTurnAboutTheMiddleKeepsTheMiddle() {
    byte[] dot = new byte[9 * 9];
    dot[4 * 9 + 4] = (byte) 255;
    Map<String, Object> turn =
        Map.of("affine", Map.of("rotation", 180, "shear", 0, "scale", 0, "translation", 0));
    for (long seed = 0; seed < 50; seed++) {
      Picture turned = apply(turn, new Picture(9, 9, 1, dot), seed);
      assertThat(turned.pixels()[4 * 9 + 4]).isEqualTo((byte) 255);
    }
  }

  private static Picture lighting(Picture picture, long seed) {
    Transform lighting = Transforms.parse(List.of(Map.of("lighting", 0.1)), ALONG_RED).get(0);
    return lighting.apply(picture, Draws.of(seed, 0));
  }

  private static Picture apply(Map<String, Object> spec, Picture picture, long seed) {
    return parse(spec).apply(picture, Draws.of(seed, 0));
  }

  private static Transform parse(Map<String, Object> spec) {
    return Transforms.parse(List.of(spec), ColourComponents.NONE).get(0);
  }
}
