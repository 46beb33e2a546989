package convoy.data.resample;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.data.image.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the resampler with Pillow's antialiased bilinear resizing;
 * scripts/reference-resampling.py computed the numbers.
 */
class ResamplerPillowTest {
  /** A picture of {@link #pixel}s and Pillow's result. */
  record Case(int width, int height, int channels, int toWidth, int toHeight, String pixels) {
    @Override
    public String toString() {
      return "%d x %d x %d to %d x %d".formatted(width, height, channels, toWidth, toHeight);
    }
  }

  static List<Case> cases() throws IOException {
    try (InputStream json = ResamplerPillowTest.class.getResourceAsStream("pillow-resized.json")) {
      return List.of(new ObjectMapper().readValue(json, Case[].class));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachPixelIsPillows(Case expected) {
    Picture resized =
        Resampler.resize(
            picture(expected.width, expected.height, expected.channels),
            expected.toWidth,
            expected.toHeight);

    assertThat(resized.pixels()).isEqualTo(Base64.getDecoder().decode(expected.pixels));
  }

  private static Picture picture(int width, int height, int channels) {
    byte[] pixels = new byte[width * height * channels];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int channel = 0; channel < channels; channel++) {
          pixels[at++] = (byte) pixel(x, y, channel);
        }
      }
    }

    return new Picture(width, height, channels, pixels);
  }

  /** Computes the same pixel as the script. */
  private static int pixel(int x, int y, int channel) {
    return (x * x * 7 + y * 13 + x * y * 3 + channel * 50) % 256;
  }
}
