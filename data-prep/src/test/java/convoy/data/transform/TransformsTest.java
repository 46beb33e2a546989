package convoy.data.transform;

import static convoy.data.image.Grids.gray;
import static convoy.data.image.Grids.numbered;
import static convoy.data.image.Grids.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.image.Picture;
import convoy.data.resample.Resampler;
import convoy.data.resample.Rows;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransformsTest {
  private static final Picture GRID =
      gray(new int[] {1, 2, 3, 4}, new int[] {5, 6, 7, 8}, new int[] {9, 10, 11, 12});

  /** One of each transform. If a name is missing here, {@link #eachTransformIsTried} fails. */
  private static final List<Map<String, Object>> EACH =
      List.of(
          Map.of("affine", Map.of("rotation", 20)),
          Map.of("centerCrop", 3),
          Map.of("elastic", Map.of("alpha", 8, "sigma", 2)),
          Map.of("flip", "horizontal"),
          Map.of("lighting", 0.1),
          Map.of("pad", 2),
          Map.of("photometric", 0.5),
          Map.of("randomCrop", Map.of("size", 3, "padding", 1)),
          Map.of("randomResizedCrop", 4),
          Map.of("resize", 5),
          Map.of("scaleJitter", Map.of("min", 4, "max", 9)));

  private static final String KNOWN =
      "unknown transform %s; known: affine, centerCrop, elastic, flip, lighting, pad, photometric,"
          + " randomCrop, randomResizedCrop, resize, scaleJitter";

  /** The transforms that mix colours. */
  private static final Set<String> MIXING = Set.of("lighting", "photometric");

  static List<Map<String, Object>> eachChannelAlone() {
    return EACH.stream().filter(spec -> !MIXING.containsAll(spec.keySet())).toList();
  }

  static List<Map<String, Object>> each() {
    return EACH;
  }

  @Test
  void eachTransformIsTried() {
    List<String> tried = EACH.stream().map(spec -> spec.keySet().iterator().next()).toList();

    assertThat(tried).containsExactlyElementsOf(Transforms.names());
  }

  @ParameterizedTest
  @MethodSource("each")
  void theSameSeedGivesTheSamePixelsAndTheInputStays(Map<String, Object> spec) {
    Picture picture = numbered(9, 7, 3);
    for (long seed = 0; seed < 20; seed++) {
      Picture once = apply(spec, picture, seed);
      Picture again = apply(spec, numbered(9, 7, 3), seed);

      assertThat(rows(once)).isEqualTo(rows(again));
      assertThat(rows(picture)).isEqualTo(rows(numbered(9, 7, 3)));
    }
  }

  @ParameterizedTest
  @MethodSource("eachChannelAlone")
  void colourIsTreatedAsThreeGrayPictures(Map<String, Object> spec) {
    Picture colour = numbered(9, 7, 3);
    for (int channel = 0; channel < 3; channel++) {
      Picture expected = apply(spec, channel(colour, channel), 5);

      assertThat(rows(channel(apply(spec, colour, 5), channel))).isEqualTo(rows(expected));
    }
  }

  @Test
  void flipMirrorsAboutHalfOfTheTime() {
    int flipped = 0;
    for (long seed = 0; seed < 1000; seed++) {
      List<String> rows = rows(apply(Map.of("flip", "horizontal"), GRID, seed));
      if (rows.equals(List.of("4 3 2 1", "8 7 6 5", "12 11 10 9"))) {
        flipped++;
      } else {
        assertThat(rows).isEqualTo(rows(GRID));
      }
    }

    assertThat(flipped).isBetween(450, 550);
  }

  @Test
  void mirroredColoursStayTogether() {
    Picture colour = new Picture(2, 2, 3, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    Picture pixel = new Picture(1, 1, 3, new byte[] {9, 8, 7});

    assertThat(rows(mirrored(colour))).containsExactly("4 5 6 1 2 3", "10 11 12 7 8 9");
    assertThat(rows(mirrored(pixel))).containsExactly("9 8 7");
  }

  @Test
  void randomCropTakesEachPlaceAboutAsOften() {
    int[] counts = new int[13];
    for (long seed = 0; seed < 6000; seed++) {
      Picture crop = apply(Map.of("randomCrop", 2), GRID, seed);
      int first = crop.pixels()[0];
      assertThat(rows(crop))
          .containsExactly(first + " " + (first + 1), (first + 4) + " " + (first + 5));
      counts[first]++;
    }

    assertThat(counts)
        .containsExactly(
            0, counts[1], counts[2], counts[3], 0, counts[5], counts[6], counts[7], 0, 0, 0, 0, 0);
    for (int place : new int[] {1, 2, 3, 5, 6, 7}) {
      assertThat(counts[place]).isBetween(900, 1100);
    }
  }

  @Test
  void randomCropOfAPaddedPictureReachesIntoTheBlackFrame() {
    Picture one = gray(new int[] {7});
    Set<List<String>> seen = new HashSet<>();
    for (long seed = 0; seed < 200; seed++) {
      seen.add(rows(apply(Map.of("randomCrop", Map.of("size", 2, "padding", 1)), one, seed)));
    }

    assertThat(seen)
        .containsExactlyInAnyOrder(
            List.of("7 0", "0 0"),
            List.of("0 7", "0 0"),
            List.of("0 0", "7 0"),
            List.of("0 0", "0 7"));
  }

  @Test
  void padFramesInBlack() {
    Picture padded = apply(Map.of("pad", 1), gray(new int[] {3, 4}), 0);

    assertThat(rows(padded)).containsExactly("0 0 0 0", "0 3 4 0", "0 0 0 0");
  }

  @Test
  void resizeOfANumberKeepsTheAspectAndOfTwoDoesNot() {
    Picture wide = numbered(12, 6, 3);

    assertThat(rows(apply(Map.of("resize", 3), wide, 0)))
        .isEqualTo(rows(Resampler.resize(wide, 6, 3)));
    assertThat(rows(apply(Map.of("resize", "3x3"), wide, 0)))
        .isEqualTo(rows(Resampler.resize(wide, 3, 3)));
    assertThat(rows(apply(Map.of("resize", Map.of("size", "4x2")), wide, 0)))
        .isEqualTo(rows(Resampler.resize(wide, 4, 2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"256", "256x", "x256", "256 x 256", "-1x1", "0x1", "1x99999999999", "a"})
  void aSizeInWordsIsWidthTimesHeight(String size) {
    assertThatThrownBy(
            () -> Transforms.parse(List.of(Map.of("resize", size)), ColourComponents.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("transform resize: size: '");
  }

  @Test
  void centerCropTakesTheMiddle() {
    assertThat(rows(apply(Map.of("centerCrop", 2), GRID, 0))).containsExactly("2 3", "6 7");
    assertThat(rows(apply(Map.of("centerCrop", 3), GRID, 0)))
        .containsExactly("1 2 3", "5 6 7", "9 10 11");
  }

  /** The last number is that of torchvision's center_crop: Python's round(rest / 2.0). */
  @ParameterizedTest
  @CsvSource({"0, 0, 0", "1, 0, 0", "2, 1, 1", "3, 1, 2", "4, 2, 2", "5, 2, 2", "7, 3, 4"})
  void halfOfAnOddRestIsRoundedDownOrAsTorchvisionDoes(int rest, int down, int halfEven) {
    int[] row = new int[rest + 1];
    Arrays.setAll(row, x -> x);
    for (Map.Entry<String, Integer> rule : Map.of("down", down, "half-even", halfEven).entrySet()) {
      Map<String, Object> crop = Map.of("size", 1, "rounding", rule.getKey());
      assertThat(rows(apply(Map.of("centerCrop", crop), gray(row), 0)))
          .as(rule.getKey())
          .containsExactly("" + rule.getValue());
    }

    assertThat(rows(apply(Map.of("centerCrop", 1), gray(row), 0)))
        .as("a model or recipe that names no rounding")
        .containsExactly("" + down);
  }

  @Test
  void aPictureSmallerThanTheCropIsEnlargedFirst() {
    for (String crop : List.of("centerCrop", "randomCrop")) {
      Picture picture = apply(Map.of(crop, 6), numbered(4, 3, 3), 1);

      assertThat(picture.width()).isEqualTo(6);
      assertThat(picture.height()).isEqualTo(6);
    }
  }

  @Test
  void anUnknownTransformIsNamedWithTheKnownOnesAndASuggestion() {
    assertThatThrownBy(
            () -> Transforms.parse(List.of(Map.of("random-crop", 224)), ColourComponents.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(KNOWN.formatted("random-crop") + "; did you mean randomCrop?");
    assertThatThrownBy(
            () -> Transforms.parse(List.of(Map.of("solarize", 1)), ColourComponents.NONE))
        .hasMessage(KNOWN.formatted("solarize"));
  }

  @Test
  void badOptionsAreNamedWithTheirValue() {
    assertThatThrownBy(
            () -> Transforms.parse(List.of(Map.of("randomCrop", "big")), ColourComponents.NONE))
        .hasMessage("transform randomCrop: size: 'big' is not a whole number from 1 to 65536");
    assertThatThrownBy(
            () ->
                Transforms.parse(
                    List.of(Map.of("randomCrop", Map.of("size", 3, "pad", 1))),
                    ColourComponents.NONE))
        .hasMessage("transform randomCrop: pad: unknown key, known are size, padding");
    assertThatThrownBy(
            () -> Transforms.parse(List.of(Map.of("flip", "vertical")), ColourComponents.NONE))
        .hasMessage("transform flip: direction: 'vertical' is unknown, known are horizontal");
    assertThatThrownBy(
            () -> Transforms.parse(List.of(Map.of("pad", 1, "resize", 3)), ColourComponents.NONE))
        .hasMessageStartingWith("a transform is one name and its value, such as {randomCrop: 224}");
  }

  private static Picture apply(Map<String, Object> spec, Picture picture, long seed) {
    return Transforms.parse(List.of(spec), ColourComponents.NONE)
        .get(0)
        .apply(picture, Draws.of(seed, 0));
  }

  private static Picture channel(Picture picture, int channel) {
    byte[] pixels = new byte[picture.width() * picture.height()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = picture.pixels()[3 * i + channel];
    }

    return new Picture(picture.width(), picture.height(), 1, pixels);
  }

  private static Picture mirrored(Picture picture) {
    return Rows.of(picture).mirrored().picture();
  }
}
