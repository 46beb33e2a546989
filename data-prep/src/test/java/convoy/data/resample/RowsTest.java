package convoy.data.resample;

import static convoy.data.image.Grids.numbered;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.image.Picture;
import convoy.data.pipeline.Pipeline;
import convoy.data.pipeline.Pipelines;
import convoy.data.pipeline.Preprocessing;
import convoy.data.transform.ColourComponents;
import convoy.data.transform.Draws;
import convoy.data.transform.Transform;
import convoy.data.transform.Transforms;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The input that is written row by row is the same as with whole pictures, one after the other. */
class RowsTest {
  private static final int SIZE = 9;
  private static final List<Map<String, Object>> TRAINING =
      List.of(
          Map.of("pad", 2),
          Map.of("randomResizedCrop", SIZE),
          Map.of("flip", "horizontal"),
          Map.of("flip", "horizontal"));
  private static final List<Map<String, Object>> COARSE =
      List.of(
          Map.of("randomResizedCrop", Map.of("size", SIZE, "antialias", false)),
          Map.of("flip", "horizontal"));

  @ParameterizedTest
  @CsvSource({"1,1", "1,3", "3,1", "3,3"})
  void resizingAndFlipsGiveWhatOneAfterTheOtherGives(int pictureChannels, int inputChannels) {
    Picture picture = numbered(31, 23, pictureChannels);
    Preprocessing raw = raw(inputChannels);
    for (List<Map<String, Object>> specs : List.of(TRAINING, COARSE)) {
      Pipeline pipeline = Pipelines.training(specs, raw, ColourComponents.NONE);
      List<Transform> transforms = Transforms.parse(specs, ColourComponents.NONE);
      for (int seed = 0; seed < 20; seed++) {
        FloatBuffer input = FloatBuffer.allocate(pipeline.length());
        pipeline.apply(picture, seed, input);
        Picture expected = picture;
        for (int i = 0; i < transforms.size(); i++) {
          expected = transforms.get(i).apply(expected, Draws.of(seed, i));
        }

        assertThat(input.array()).isEqualTo(planes(expected, inputChannels));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "10"})
  void inputsAreWrittenFromWhereTheBufferStands(int crops) {
    Pipeline pipeline = Pipelines.evaluation(raw(3), crops);
    int length = pipeline.length() * pipeline.inputs();
    FloatBuffer alone = FloatBuffer.allocate(length);
    pipeline.apply(numbered(31, 23, 3), 0, alone);
    FloatBuffer whole =
        ByteBuffer.allocateDirect(Float.BYTES * (length + 12))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    FloatBuffer slice = whole.slice(3, length + 8).position(4);

    pipeline.apply(numbered(31, 23, 3), 0, slice);

    assertThat(slice.position()).isEqualTo(4 + length);
    assertThat(slice.flip().position(4).mismatch(alone.flip())).isEqualTo(-1);
    assertThat(whole.get(6)).isZero();
    assertThat(whole.get(7 + length)).isZero();
  }

  /** Creates preprocessing that doesn't change the levels. */
  private static Preprocessing raw(int channels) {
    List<Double> zeros = List.of(0.0, 0.0, 0.0).subList(0, channels);
    List<Double> ones = List.of(1.0, 1.0, 1.0).subList(0, channels);
    return new Preprocessing(SIZE, channels, 1, zeros, ones, List.of());
  }

  private static float[] planes(Picture square, int channels) {
    Picture seen = square.channels() == 3 && channels == 1 ? Luma.of(square) : square;
    float[] planes = new float[channels * SIZE * SIZE];
    for (int i = 0; i < planes.length; i++) {
      int channel = seen.channels() == 3 ? i / (SIZE * SIZE) : 0;
      planes[i] = seen.pixels()[i % (SIZE * SIZE) * seen.channels() + channel] & 0xff;
    }

    return planes;
  }
}
