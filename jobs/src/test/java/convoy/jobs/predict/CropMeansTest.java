package convoy.jobs.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.data.image.Picture;
import convoy.data.pipeline.Pipeline;
import convoy.jobs.network.FakeNetwork;
import convoy.zoo.engine.Network;
import java.io.IOException;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class CropMeansTest {
  private static final int CLASSES = 3;
  private static final int CROPS = 10;
  private static final int PICTURES = 2;

  /** Fewer than the crops of a picture, so that they are predicted in parts. */
  private static final FakeNetwork.Source SOURCE = new FakeNetwork.Source(CLASSES, 1, 4);

  @Test
  void aPicturesProbabilitiesAreTheMeanOfItsCrops() throws IOException {
    float[] images = new float[PICTURES * CROPS];
    for (int i = 0; i < images.length; i++) {
      images[i] = i * 0.1f;
    }

    try (Network network = SOURCE.open()) {
      new FakeNetwork.Sharpness(2).load(network.layout(), network.parameters());
      CropMeans means = new CropMeans(network, SOURCE, picturesOf(CROPS), PICTURES);
      means.predict(FloatBuffer.wrap(images), PICTURES);
      for (int picture = 0; picture < PICTURES; picture++) {
        double[] expected = new double[CLASSES];
        for (int crop = 0; crop < CROPS; crop++) {
          FloatBuffer one = FloatBuffer.allocate(CLASSES);
          network.predict(FloatBuffer.wrap(new float[] {images[picture * CROPS + crop]}), 1, one);
          for (int label = 0; label < CLASSES; label++) {
            expected[label] += one.get(label) / CROPS;
          }
        }

        float[] mean = means.of(picture);
        for (int label = 0; label < CLASSES; label++) {
          assertThat((double) mean[label]).isCloseTo(expected[label], within(1e-6));
        }
      }
    }
  }

  @Test
  void oneCropKeepsTheNetworksFloats() throws IOException {
    try (Network network = SOURCE.open()) {
      new FakeNetwork.Sharpness(2).load(network.layout(), network.parameters());
      Pipeline single = picturesOf(1);
      CropMeans means = new CropMeans(network, SOURCE, single, 1);
      FloatBuffer expected = FloatBuffer.allocate(CLASSES);
      network.predict(FloatBuffer.wrap(new float[] {0.7f}), 1, expected);

      means.predict(FloatBuffer.wrap(new float[] {0.7f}), 1);

      assertThat(means.of(0)).isEqualTo(expected.array());
    }
  }

  private static Pipeline picturesOf(int crops) {
    return new Pipeline() {
      @Override
      public void apply(Picture picture, long seed, FloatBuffer into) {
        throw new UnsupportedOperationException("the pictures are here already");
      }

      @Override
      public int length() {
        return 1;
      }

      @Override
      public int inputs() {
        return crops;
      }
    };
  }
}
