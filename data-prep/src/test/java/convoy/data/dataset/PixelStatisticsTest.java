package convoy.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import convoy.data.image.Picture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PixelStatisticsTest {
  private static Picture random(int seed, int channels) {
    Random random = new Random(seed);
    byte[] pixels = new byte[9 * 7 * channels];
    for (int i = 0; i < pixels.length; i++) {
      // Neighbouring channels are similar, as in photographs.
      int before = i % channels == 0 ? 128 : pixels[i - 1] & 0xff;
      pixels[i] = (byte) Math.max(0, Math.min(255, before + (int) (40 * random.nextGaussian())));
    }

    return new Picture(9, 7, channels, pixels);
  }

  private static PixelSums sums(List<Picture> pictures) {
    PixelSums sums = new PixelSums();
    pictures.forEach(picture -> sums.add(PixelSums.of(picture)));
    return sums;
  }

  @Test
  void theNumbersAreThoseOfTheDefinition() {
    List<Picture> pictures = List.of(random(1, 3), random(2, 3), random(3, 1));
    List<double[]> pixels = new ArrayList<>();
    for (Picture picture : pictures) {
      for (int i = 0; i < picture.pixels().length; i += picture.channels()) {
        double[] pixel = new double[3];
        for (int c = 0; c < 3; c++) {
          pixel[c] = picture.pixels()[i + Math.min(c, picture.channels() - 1)] & 0xff;
        }

        pixels.add(pixel);
      }
    }

    Manifest.Statistics statistics = PixelStatistics.of(sums(pictures), false);
    double[][] covariance = new double[3][3];
    for (double[] pixel : pixels) {
      for (int a = 0; a < 3; a++) {
        for (int b = 0; b < 3; b++) {
          covariance[a][b] +=
              (pixel[a] - statistics.mean().get(a))
                  * (pixel[b] - statistics.mean().get(b))
                  / pixels.size();
        }
      }
    }

    for (int c = 0; c < 3; c++) {
      int channel = c;
      double mean = pixels.stream().mapToDouble(pixel -> pixel[channel]).average().orElseThrow();
      assertThat(statistics.mean().get(c)).isCloseTo(mean, within(1e-9));
      assertThat(statistics.std().get(c)).isCloseTo(Math.sqrt(covariance[c][c]), within(1e-9));
    }

    requireEigen(covariance, statistics);
  }

  private static void requireEigen(double[][] covariance, Manifest.Statistics statistics) {
    assertThat(statistics.pcaValues()).isSortedAccordingTo(Collections.reverseOrder());
    for (int i = 0; i < 3; i++) {
      List<Double> vector = statistics.pcaVectors().get(i);
      double length = 0;
      for (int a = 0; a < 3; a++) {
        double image = 0;
        for (int b = 0; b < 3; b++) {
          image += covariance[a][b] * vector.get(b);
        }

        assertThat(image).isCloseTo(statistics.pcaValues().get(i) * vector.get(a), within(1e-6));
        length += vector.get(a) * vector.get(a);
      }

      assertThat(length).isCloseTo(1, within(1e-12));
      double largest = Collections.max(vector.stream().map(Math::abs).toList());
      assertThat(Collections.max(vector)).isEqualTo(largest);
    }
  }

  @Test
  void theOrderOfPicturesDoesNotMatter() {
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      pictures.add(random(i, i % 5 == 0 ? 1 : 3));
    }

    Manifest.Statistics one = PixelStatistics.of(sums(pictures), false);
    Collections.shuffle(pictures, new Random(3));
    assertThat(PixelStatistics.of(sums(pictures), false)).isEqualTo(one);
  }

  @Test
  void grayHasOneComponent() {
    Manifest.Statistics gray = PixelStatistics.of(sums(List.of(random(1, 1))), true);
    assertThat(gray.gray()).isTrue();
    assertThat(gray.mean()).containsOnly(gray.mean().get(0));
    assertThat(gray.pcaValues().get(0))
        .isCloseTo(3 * gray.std().get(0) * gray.std().get(0), within(1e-6));
    assertThat(gray.pcaValues().get(1)).isCloseTo(0, within(1e-6));
    for (double component : gray.pcaVectors().get(0)) {
      assertThat(component).isCloseTo(1 / Math.sqrt(3), within(1e-9));
    }
  }

  @Test
  void noPixelsHaveNoStatistics() {
    assertThatThrownBy(() -> PixelStatistics.of(new PixelSums(), true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
