package convoy.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.SharedData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

/** Compares the decoder with what DL4J's NativeImageLoader gave for a photograph. */
class DecoderOracleTest {
  private static final String FOLDER = "models/dl4j_test_resources/image_loading_oracle/";
  private static final int SIDE = 224;

  @Test
  void aPhotographHasThePixelsOfNativeImageLoader() throws Exception {
    Picture picture = Decoder.decode(SharedData.bytes(FOLDER + "goldenretriever.jpg"));

    assertThat(channels(picture, 0, 1, 2))
        .isEqualTo(array("goldenretriever_rgb224_unnormalized_nchw_INDArray.bin"));
    assertThat(channels(picture, 2, 1, 0))
        .isEqualTo(array("goldenretriever_bgr224_unnormalized_nchw_INDArray.bin"));
  }

  /**
   * Reads the numbers of an array that Nd4j.writeBinary wrote. They are at the end of the file,
   * big-endian, CHW.
   */
  private static float[] array(String name) throws IOException {
    byte[] bytes = SharedData.bytes(FOLDER + name);
    float[] values = new float[3 * SIDE * SIDE];
    int begin = bytes.length - values.length * Float.BYTES;
    FloatBuffer floats = ByteBuffer.wrap(bytes, begin, bytes.length - begin).asFloatBuffer();
    floats.get(values);
    return values;
  }

  private static float[] channels(Picture picture, int... order) {
    float[] values = new float[3 * SIDE * SIDE];
    for (int at = 0; at < values.length; at++) {
      values[at] = picture.pixels()[at % (SIDE * SIDE) * 3 + order[at / (SIDE * SIDE)]] & 0xff;
    }

    return values;
  }
}
