package convoy.data.pipeline;

import static convoy.data.image.Grids.gray;
import static convoy.data.image.Grids.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.image.Picture;
import convoy.data.resample.Pictures;
import convoy.data.transform.ColourComponents;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipelinesTest {
  private static final Preprocessing COLOUR =
      new Preprocessing(2, 3, 1, List.of(10.0, 20.0, 30.0), List.of(2.0, 4.0, 5.0), List.of());
  private static final Preprocessing LUMA =
      new Preprocessing(2, 1, 1, List.of(0.0), List.of(1.0), List.of());

  @Test
  void channelsComeOneAfterTheOtherNormalised() {
    Picture picture =
        new Picture(2, 2, 3, new byte[] {10, 20, 30, 12, 24, 35, 14, 28, 40, 16, 32, (byte) 230});

    float[] input = apply(Pipelines.evaluation(COLOUR), picture, 0);

    assertThat(input).containsExactly(0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 40);
  }

  @Test
  void blueComesFirstWhereTheNetworkTakesItSo() {
    Preprocessing blueFirst =
        new Preprocessing(
            1,
            3,
            1,
            List.of(100.0, 20.0, 3.0),
            List.of(1.0, 2.0, 4.0),
            List.of(),
            Preprocessing.ChannelOrder.BGR);
    Picture picture = new Picture(1, 1, 3, new byte[] {7, 24, 104});

    // Mean and deviation are in the network's channel order.
    assertThat(apply(Pipelines.evaluation(blueFirst), picture, 0)).containsExactly(4, 2, 1);
    assertThat(apply(Pipelines.training(List.of(), blueFirst, ColourComponents.NONE), picture, 0))
        .containsExactly(4, 2, 1);
  }

  @Test
  void aSquashThatGivesTheInputsSizeNeedsNoCrop() {
    Preprocessing squashed =
        new Preprocessing(2, 1, 1, List.of(0.0), List.of(1.0), List.of(Map.of("resize", "2x2")));
    Picture wide = gray(new int[] {0, 0, 8, 8}, new int[] {4, 4, 2, 2});

    assertThat(apply(Pipelines.evaluation(squashed), wide, 0)).hasSize(4);
  }

  @Test
  void theScaleComesBeforeTheMean() {
    Preprocessing unit = new Preprocessing(1, 1, 1.0 / 255, List.of(0.5), List.of(0.25), List.of());

    assertThat(apply(Pipelines.evaluation(unit), gray(new int[] {255}), 0)).containsExactly(2);
    assertThat(apply(Pipelines.evaluation(unit), gray(new int[] {0}), 0)).containsExactly(-2);
  }

  @Test
  void grayStandsForAllThreeChannels() {
    Picture picture = gray(new int[] {10, 20}, new int[] {30, 40});

    float[] input = apply(Pipelines.evaluation(COLOUR), picture, 0);

    assertThat(input).containsExactly(0, 5, 10, 15, -2.5f, 0, 2.5f, 5, -4, -2, 0, 2);
  }

  @Test
  void colourBecomesLumaForOneChannel() {
    Picture picture = new Picture(2, 2, 3, new byte[] {-1, 0, 0, 0, -1, 0, 0, 0, -1, -1, -1, -1});

    // These are 0.299, 0.587 and 0.114 of 255, and all of 255.
    assertThat(apply(Pipelines.evaluation(LUMA), picture, 0)).containsExactly(76, 150, 29, 255);
  }

  @Test
  void withoutTransformsTheMiddleSquareOfTheResizedPictureIsTaken() {
    Picture wide = gray(new int[] {0, 1, 2, 3, 4, 5}, new int[] {6, 7, 8, 9, 10, 11});

    assertThat(apply(Pipelines.evaluation(LUMA), wide, 0)).containsExactly(2, 3, 8, 9);
    assertThat(apply(Pipelines.training(List.of(), LUMA, ColourComponents.NONE), wide, 7))
        .containsExactly(2, 3, 8, 9);
    assertThat(apply(Pipelines.evaluation(LUMA), numbered(300, 7, 3), 0)).hasSize(4);
  }

  @Test
  void aListThatLeavesTheSizeOpenIsCompleted() {
    Preprocessing flipped =
        new Preprocessing(3, 1, 1, List.of(0.0), List.of(1.0), List.of(Map.of("pad", 1)));

    assertThat(apply(Pipelines.evaluation(flipped), gray(new int[] {9}), 0))
        .containsExactly(0, 0, 0, 0, 9, 0, 0, 0, 0);
  }

  @Test
  void aListThatLeavesAnotherSizeIsRefused() {
    assertThatThrownBy(
            () ->
                Pipelines.training(
                    List.of(Map.of("randomCrop", 224)), COLOUR, ColourComponents.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the training transforms [{randomCrop=224}] leave 224 px, the network's input has 2 px;"
                + " change one of them");
  }

  @Test
  void evaluationIsNeverRandom() {
    for (Map<String, Object> random :
        List.<Map<String, Object>>of(Map.of("flip", "horizontal"), Map.of("randomCrop", 2))) {
      Preprocessing preprocessing =
          new Preprocessing(2, 1, 1, List.of(0.0), List.of(1.0), List.of(random));

      assertThatThrownBy(() -> Pipelines.evaluation(preprocessing))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is random; use resize and centerCrop");
    }
  }

  @Test
  void trainingDependsOnTheSeedAlone() {
    List<Map<String, Object>> transforms =
        List.of(Map.of("randomCrop", 2), Map.of("flip", "horizontal"));
    Pipeline pipeline = Pipelines.training(transforms, COLOUR, ColourComponents.NONE);
    Picture picture = numbered(12, 9, 3);

    assertThat(apply(pipeline, picture, 1)).isEqualTo(apply(pipeline, picture, 1));
    assertThat(apply(pipeline, picture, 1)).isNotEqualTo(apply(pipeline, picture, 2));
  }

  @Test
  void aTransformsDrawsDoNotDependOnThoseBeforeIt() {
    Pipeline plain =
        Pipelines.training(
            List.of(Map.of("pad", 1), Map.of("randomCrop", 2)), COLOUR, ColourComponents.NONE);
    Pipeline afterCrop =
        Pipelines.training(
            List.of(Map.of("randomCrop", 11), Map.of("randomCrop", 2)),
            COLOUR,
            ColourComponents.NONE);
    Picture picture = numbered(9, 9, 3);
    Picture padded = Pictures.pad(picture, 1);

    // In both lists the second transform draws from a picture of 11 x 11 pixels. The first
    // transform of one list drew nothing.
    assertThat(apply(plain, picture, 3)).isEqualTo(apply(afterCrop, padded, 3));
  }

  @Test
  void examplesAreWrittenOneAfterTheOther() {
    Pipeline pipeline = Pipelines.evaluation(COLOUR);
    FloatBuffer batch = FloatBuffer.allocate(2 * pipeline.length());
    pipeline.apply(numbered(2, 2, 3), 0, batch);

    assertThat(batch.position()).isEqualTo(12);
    pipeline.apply(numbered(2, 2, 1), 0, batch);
    assertThat(batch.hasRemaining()).isFalse();
  }

  private static float[] apply(Pipeline pipeline, Picture picture, long seed) {
    float[] input = new float[pipeline.length()];
    pipeline.apply(picture, seed, FloatBuffer.wrap(input));
    return input;
  }
}
