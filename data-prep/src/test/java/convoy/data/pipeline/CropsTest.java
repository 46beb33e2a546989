package convoy.data.pipeline;

import static convoy.data.image.Grids.numbered;
import static convoy.data.image.Grids.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.image.Picture;
import convoy.data.resample.Pictures;
import convoy.data.resample.Resampler;
import convoy.data.resample.Rows;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CropsTest {
  /** The side of the input. The papers' 256 for 224 becomes 8. */
  private static final int SIZE = 7;

  @Test
  void tenCropsAreCornersAndMiddleOfTheMiddleSquareEachMirrored() {
    Picture picture = numbered(12, 8, 3);

    List<Picture> crops = crops(new TenCrops(), picture);

    int[][] corners = {{2, 0}, {3, 0}, {2, 1}, {3, 1}, {2, 0}};
    assertThat(crops).hasSize(10);
    for (int i = 0; i < corners.length; i++) {
      Picture expected = Pictures.crop(picture, corners[i][0], corners[i][1], SIZE, SIZE);
      assertThat(rows(crops.get(2 * i))).isEqualTo(rows(expected));
      assertThat(rows(crops.get(2 * i + 1))).isEqualTo(rows(mirrored(expected)));
    }
  }

  @Test
  void tenCropsResizeTheShortSideInProportionToTheInput() {
    Picture large = numbered(50, 40, 3);
    Picture resized = Resampler.shortSide(large, 8);

    assertThat(rows(crops(new TenCrops(), large).get(0)))
        .isEqualTo(rows(Pictures.crop(resized, 1, 0, SIZE, SIZE)));
  }

  @Test
  void aHundredAndFortyFourCropsAreFourScalesOfThreeSquaresOfSixCropsMirrored() {
    Picture wide = numbered(24, 8, 3);

    List<Picture> crops = crops(new MultiScaleCrops(), wide);

    assertThat(crops).hasSize(144);
    for (int square = 0; square < 3; square++) {
      Picture whole = Pictures.crop(wide, 8 * square, 0, 8, 8);
      Picture corner = Pictures.crop(whole, 1, 1, SIZE, SIZE);
      assertThat(rows(crops.get(12 * square + 6))).isEqualTo(rows(corner));
      assertThat(rows(crops.get(12 * square + 11)))
          .isEqualTo(rows(mirrored(Resampler.resize(whole, SIZE, SIZE))));
    }

    // For 7, the papers' 256, 288, 320 and 352 for 224 are 8 to 11. This is the last scale's first
    // corner.
    assertThat(rows(crops.get(3 * 36)))
        .isEqualTo(rows(Pictures.crop(Resampler.shortSide(wide, 11), 0, 0, SIZE, SIZE)));
  }

  @Test
  void tallPicturesGiveTheUpperMiddleAndLowerSquare() {
    Picture tall = numbered(8, 24, 1);

    List<Picture> crops = crops(new MultiScaleCrops(), tall);

    for (int square = 0; square < 3; square++) {
      assertThat(rows(crops.get(12 * square)))
          .isEqualTo(rows(Pictures.crop(tall, 0, 8 * square, SIZE, SIZE)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 144})
  void aPipelineWritesOneInputForEachCrop(int crops) {
    Pipeline pipeline =
        Pipelines.evaluation(preprocessing(List.of(Map.of("centerCrop", 7))), crops);

    assertThat(pipeline.inputs()).isEqualTo(crops);
    assertThat(pipeline.length()).isEqualTo(3 * SIZE * SIZE);
    for (Picture picture : List.of(numbered(30, 9, 3), numbered(3, 5, 1), numbered(1, 900, 3))) {
      FloatBuffer into = FloatBuffer.allocate(crops * pipeline.length());
      pipeline.apply(picture, 0, into);
      assertThat(into.hasRemaining()).isFalse();
    }
  }

  @Test
  void aPictureOfOneColourLooksTheSameInEveryCrop() {
    byte[] pixels = new byte[40 * 30 * 3];
    Arrays.fill(pixels, (byte) 200);
    Pipeline pipeline = Pipelines.evaluation(preprocessing(List.of()), 144);
    float[] inputs = new float[144 * pipeline.length()];
    pipeline.apply(new Picture(40, 30, 3, pixels), 0, FloatBuffer.wrap(inputs));

    for (float input : inputs) {
      assertThat(input).isEqualTo(100);
    }
  }

  @Test
  void anotherNumberAndTransformsThatCropsCannotStandForAreRefused() {
    assertThatThrownBy(() -> Pipelines.evaluation(preprocessing(List.of()), 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no such number of crops: 5; known: 1, 10, 144");
    List<Map<String, Object>> padded = List.of(Map.of("resize", 3), Map.of("pad", 2));
    assertThatThrownBy(() -> Pipelines.evaluation(preprocessing(padded), 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "10 crops can replace only resize and centerCrop; the evaluation transforms hold"
                + " {pad=2}: take 1 crop");
  }

  private static Preprocessing preprocessing(List<Map<String, Object>> evaluation) {
    return new Preprocessing(
        SIZE, 3, 0.5, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0), evaluation);
  }

  private static List<Picture> crops(Crops crops, Picture picture) {
    List<Picture> all = new ArrayList<>();
    crops.of(picture, SIZE, all::add);
    assertThat(all).hasSize(crops.count());
    return all;
  }

  private static Picture mirrored(Picture picture) {
    return Rows.of(picture).mirrored().picture();
  }
}
