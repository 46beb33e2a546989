package convoy.data.resample;

import static convoy.data.image.Grids.gray;
import static convoy.data.image.Grids.numbered;
import static convoy.data.image.Grids.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.data.image.Picture;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResamplerTest {
  private static final Picture GRID =
      gray(
          new int[] {0, 48, 118, 210, 68, 204, 106},
          new int[] {53, 101, 171, 7, 121, 1, 159},
          new int[] {106, 154, 224, 60, 174, 54, 212},
          new int[] {159, 207, 21, 113, 227, 107, 9},
          new int[] {212, 4, 74, 166, 24, 160, 62});

  @Test
  void shrinkingGivesThePixelsOfPillow() {
    // Pillow 12: Image.fromarray(grid).resize((4, 3), Image.BILINEAR).
    assertThat(rows(Resampler.resize(GRID, 4, 3)))
        .containsExactly("49 122 105 122", "129 134 118 112", "140 85 125 84");
  }

  @Test
  void enlargingGivesThePixelsOfPillow() {
    // Pillow 12: Image.fromarray(grid).resize((9, 6), Image.BILINEAR).
    assertThat(rows(Resampler.resize(GRID, 9, 6)))
        .containsExactly(
            "0 32 79 138 210 100 144 171 106",
            "40 72 119 136 58 97 77 83 146",
            "84 116 163 166 38 127 85 85 190",
            "128 160 160 127 82 171 129 93 127",
            "172 162 102 54 126 166 145 87 22",
            "212 73 35 94 166 56 100 127 62");
  }

  @Test
  void theShortSideIsMetAndTheAspectStays() {
    Picture wide = Resampler.shortSide(numbered(500, 375, 3), 256);
    Picture tall = Resampler.shortSide(numbered(3, 10, 1), 6);

    assertThat(wide.width()).isEqualTo(341);
    assertThat(wide.height()).isEqualTo(256);
    assertThat(tall.width()).isEqualTo(6);
    assertThat(tall.height()).isEqualTo(20);
  }

  @Test
  void fineStripesAverageOutWhenShrunk() {
    int[] stripes = new int[64];
    for (int i = 0; i < stripes.length; i += 2) {
      stripes[i] = 200;
    }

    for (byte pixel : Resampler.resize(gray(stripes), 9, 1).pixels()) {
      assertThat(pixel & 0xff).isBetween(95, 105);
    }
  }

  @Test
  void oneColourStaysThatColour() {
    for (int size = 1; size < 40; size++) {
      int white = Resampler.resize(gray(new int[] {255, 255, 255, 255, 255}), size, 2).pixels()[0];

      assertThat(white & 0xff).isEqualTo(255);
    }
  }

  @Test
  void withoutAntialiasTheTwoPixelsBesideThePlaceMakeOne() {
    Picture line = gray(new int[] {9, 100, 50, 9, 9, 20, 30, 9});

    // From eight pixels to two, the places lie between the second and third, and the sixth and
    // seventh.
    assertThat(rows(resized(line, 2, 1, false))).containsExactly("75 25");
    assertThat(rows(resized(line, 2, 1, true))).isNotEqualTo(List.of("75 25"));
  }

  @Test
  void whereNothingShrinksAntialiasChangesNothing() {
    assertThat(rows(resized(GRID, 9, 6, false))).isEqualTo(rows(Resampler.resize(GRID, 9, 6)));
  }

  @Test
  void aRegionIsResizedAsIfItHadBeenCutOut() {
    Picture picture = numbered(60, 50, 3);
    for (Region region : List.of(new Region(7, 9, 40, 30), new Region(0, 0, 12, 12))) {
      assertThat(rows(Resampler.resize(picture, region, 12, 12, true).picture()))
          .isEqualTo(rows(Resampler.resize(Pictures.crop(picture, region), 12, 12)));
    }
  }

  @Test
  void theCentreAloneHasThePixelsOfTheWhole() {
    for (int[] sides : new int[][] {{50, 37}, {37, 50}, {20, 20}, {9, 12}, {16, 30}}) {
      Picture picture = numbered(sides[0], sides[1], 3);
      Picture whole = Resampler.shortSide(picture, 16);
      Picture coarse = Resampler.shortSide(picture, 16, false).picture();
      int across = whole.width() - 11;
      int down = whole.height() - 11;
      Region floored = new Region(across / 2, down / 2, 11, 11);
      assertThat(middle(picture, Centring.DOWN, true)).isEqualTo(cut(whole, floored));
      assertThat(middle(picture, Centring.DOWN, false)).isEqualTo(cut(coarse, floored));
      Region even = new Region((int) Math.rint(across / 2.0), (int) Math.rint(down / 2.0), 11, 11);
      assertThat(middle(picture, Centring.HALF_EVEN, true)).isEqualTo(cut(whole, even));
      assertThat(middle(picture, Centring.HALF_EVEN, false)).isEqualTo(cut(coarse, even));
    }
  }

  private static List<String> middle(Picture picture, Centring centring, boolean antialias) {
    return rows(Resampler.centreOfShortSide(picture, 16, 11, centring, antialias).picture());
  }

  private static List<String> cut(Picture picture, Region region) {
    return rows(Pictures.crop(picture, region));
  }

  @Test
  void everyPixelIsThePlainSumOfItsTaps() {
    everySize(
        (picture, region, width, height) ->
            assertThat(rows(Resampler.resize(picture, region, width, height, true).picture()))
                .isEqualTo(rows(plainly(picture, region, width, height))));
  }

  @Test
  void withoutAntialiasEveryPixelIsBetweenFourInTwoSteps() {
    everySize(
        (picture, region, width, height) -> {
          Picture resized = Resampler.resize(picture, region, width, height, false).picture();
          boolean shrinks = width < region.width() || height < region.height();
          assertThat(rows(resized))
              .isEqualTo(
                  rows(
                      shrinks
                          ? between(picture, region, width, height)
                          : plainly(picture, region, width, height)));
        });
  }

  @Test
  void withoutAntialiasNoPixelIsFarFromTheExactOne() {
    // From 15 to 11 and from 170 to 62, some places lie an ulp beside the middle of two pixels.
    for (int[] sizes :
        new int[][] {{97, 61, 40, 33}, {15, 15, 11, 11}, {97, 170, 62, 62}, {544, 345, 224, 299}}) {
      Picture picture = numbered(sizes[0], sizes[1], 3);
      Picture resized = resized(picture, sizes[2], sizes[3], false);
      for (int i = 0; i < resized.pixels().length; i++) {
        int column = i / 3 % sizes[2];
        int row = i / 3 / sizes[2];
        double x = (column + 0.5) * sizes[0] / sizes[2] - 0.5;
        double y = (row + 0.5) * sizes[1] / sizes[3] - 0.5;
        assertThat((double) (resized.pixels()[i] & 0xff))
            .isCloseTo(exactly(picture, i % 3, x, y), within(2.0));
      }
    }
  }

  private static double exactly(Picture picture, int channel, double x, double y) {
    double upper = exactly(picture, channel, x, (int) y);
    return upper + (y - (int) y) * (exactly(picture, channel, x, (int) y + 1) - upper);
  }

  private static double exactly(Picture picture, int channel, double x, int y) {
    int at = (y * picture.width() + (int) x) * 3 + channel;
    int left = picture.pixels()[at] & 0xff;
    int right = picture.pixels()[at + 3] & 0xff;
    return left + (x - (int) x) * (right - left);
  }

  /** A check of a resized part of a picture. */
  private interface Check {
    void of(Picture picture, Region region, int width, int height);
  }

  private static void everySize(Check check) {
    for (int[] sides :
        new int[][] {{1, 1}, {1, 3}, {2, 1}, {3, 2}, {5, 4}, {40, 3}, {21, 17}, {15, 15}}) {
      for (int channels : new int[] {1, 3}) {
        Picture picture = numbered(sides[0], sides[1], channels);
        for (Region region : List.of(Region.of(picture), lowerRight(picture))) {
          for (int to : new int[] {1, 2, 3, 7, 10, 20}) {
            check.of(picture, region, to, to + 1);
          }
        }
      }
    }
  }

  private static Picture resized(Picture picture, int width, int height, boolean antialias) {
    return Resampler.resize(picture, Region.of(picture), width, height, antialias).picture();
  }

  /** Blends rows first, then neighbours, in steps of 1/256. */
  private static Picture between(Picture picture, Region region, int width, int height) {
    ResamplingWeights across = ResamplingWeights.of(region.left(), region.width(), width, false);
    ResamplingWeights down = ResamplingWeights.of(region.top(), region.height(), height, false);
    int channels = picture.channels();
    byte[] pixels = new byte[width * height * channels];
    for (int i = 0; i < pixels.length; i++) {
      int x = i / channels % width;
      int y = i / channels / width;
      int left = across.first(x) * channels + i % channels;
      int right = left + (across.count(x) - 1) * channels;
      assertThat(across.count(x)).isBetween(1, 2);
      assertThat(down.count(y)).isBetween(1, 2);
      pixels[i] =
          (byte)
              between(column(picture, left, down, y), column(picture, right, down, y), across, x);
    }

    return new Picture(width, height, channels, pixels);
  }

  private static int column(Picture picture, int at, ResamplingWeights down, int y) {
    int rowBytes = picture.width() * picture.channels();
    int upper = picture.pixels()[down.first(y) * rowBytes + at] & 0xff;
    int lower = picture.pixels()[(down.first(y) + down.count(y) - 1) * rowBytes + at] & 0xff;
    return between(upper, lower, down, y);
  }

  private static int between(int one, int other, ResamplingWeights weights, int out) {
    double share = weights.count(out) < 2 ? 0 : weights.factor(out, 1) / (double) (1 << 22);
    long weight = Math.round(256 * share);
    return (int) Math.floor((one * (256 - weight) + other * weight) / 256.0 + 0.5);
  }

  private static Region lowerRight(Picture picture) {
    int left = picture.width() / 2;
    int top = picture.height() / 2;
    return new Region(left, top, picture.width() - left, picture.height() - top);
  }

  private static Picture plainly(Picture picture, Region region, int width, int height) {
    ResamplingWeights across = ResamplingWeights.of(region.left(), region.width(), width, true);
    ResamplingWeights down = ResamplingWeights.of(region.top(), region.height(), height, true);
    int channels = picture.channels();
    byte[] pixels = new byte[width * height * channels];
    for (int i = 0; i < pixels.length; i++) {
      int x = i / channels % width;
      int y = i / channels / width;
      long sum = 0;
      for (int tap = 0; tap < down.count(y); tap++) {
        int row = (down.first(y) + tap) * picture.width() + across.first(x);
        sum += level(picture, row * channels + i % channels, across, x) * down.factor(y, tap);
      }

      pixels[i] = (byte) rounded(sum);
    }

    return new Picture(width, height, channels, pixels);
  }

  private static long level(Picture picture, int at, ResamplingWeights across, int x) {
    long sum = 0;
    for (int tap = 0; tap < across.count(x); tap++) {
      sum += (picture.pixels()[at + tap * picture.channels()] & 0xffL) * across.factor(x, tap);
    }

    return rounded(sum);
  }

  private static long rounded(long sum) {
    return Math.min(255, Math.round(sum / (double) (1 << 22)));
  }
}
