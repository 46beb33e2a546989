package convoy.zoo.format;

import static convoy.zoo.graph.Parameter.Kind.BIAS;
import static convoy.zoo.graph.Parameter.Kind.WEIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.engine.ParameterLayout.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          List.of(
              new Tensor("b.weight", List.of(2, 3), WEIGHT, 0),
              new Tensor("a.weight", List.of(2, 1, 1, 1), WEIGHT, 6),
              new Tensor("a.bias", List.of(2), BIAS, 8)));
  private static final float[] VALUES = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

  @Test
  void aFileIsLengthHeaderAndTensorsSortedByName() throws IOException {
    ByteBuffer file = ByteBuffer.wrap(written(VALUES)).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) file.getLong();
    byte[] header = new byte[length];
    file.get(header);
    assertThat(new String(header, StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"a.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                + "\"a.weight\":{\"dtype\":\"F32\",\"shape\":[2,1,1,1],\"data_offsets\":[8,16]},"
                + "\"b.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[16,40]}}"
                + " ".repeat(2));
    float[] data = new float[10];
    file.asFloatBuffer().get(data);
    assertThat(data).containsExactly(8, 9, 6, 7, 0, 1, 2, 3, 4, 5);
  }

  @Test
  void theBytesAreThoseOfThePythonLibrary() throws IOException {
    // safetensors.numpy.save of version 0.8.0 wrote the same three arrays.
    try (InputStream in = getClass().getResourceAsStream("python-0.8.0.safetensors")) {
      assertThat(written(VALUES)).isEqualTo(in.readAllBytes());
    }
  }

  @Test
  void whatWasWrittenIsReadIntoAnyOrder() throws IOException {
    ParameterLayout other =
        new ParameterLayout(
            List.of(
                new Tensor("a.bias", List.of(2), BIAS, 0),
                new Tensor("b.weight", List.of(2, 3), WEIGHT, 2),
                new Tensor("a.weight", List.of(2, 1, 1, 1), WEIGHT, 8)));
    float[] read = new float[10];
    Safetensors.read(new ByteArrayInputStream(written(VALUES)), other, new ArrayVector(read));
    assertThat(read).containsExactly(8, 9, 0, 1, 2, 3, 4, 5, 6, 7);
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    Safetensors.write(again, other, new ArrayVector(read));
    assertThat(again.toByteArray()).isEqualTo(written(VALUES));
  }

  @Test
  void tensorsLargerThanABlockComeBackBitForBit() throws IOException {
    int size = 700_001;
    ParameterLayout layout =
        new ParameterLayout(List.of(new Tensor("large", List.of(size), WEIGHT, 0)));
    float[] values = new float[size];
    Random random = new Random(3);
    for (int index = 0; index < size; index++) {
      values[index] = Float.intBitsToFloat(random.nextInt());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(out, layout, new ArrayVector(values));
    float[] read = new float[size];
    Safetensors.read(new ByteArrayInputStream(out.toByteArray()), layout, new ArrayVector(read));
    for (int index = 0; index < size; index++) {
      assertThat(Float.floatToRawIntBits(read[index]))
          .isEqualTo(Float.floatToRawIntBits(values[index]));
    }
  }

  @Test
  void optimizerStateCarriesTheVectorsNames() throws IOException {
    float[] state = new float[20];
    for (int index = 0; index < 20; index++) {
      state[index] = index;
    }
    List<String> vectors = List.of("momentum", "age");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.writeState(out, LAYOUT, vectors, new ArrayVector(state));
    assertThat(out.toString(StandardCharsets.ISO_8859_1))
        .contains("\"age.a.bias\":", "\"momentum.b.weight\":");
    float[] read = new float[20];
    Safetensors.readState(
        new ByteArrayInputStream(out.toByteArray()), LAYOUT, vectors, new ArrayVector(read));
    assertThat(read).isEqualTo(state);
  }

  @Test
  void noStateIsAnEmptyFileOfTheFormat() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.writeState(out, LAYOUT, List.of(), new ArrayVector(new float[0]));
    Safetensors.readState(
        new ByteArrayInputStream(out.toByteArray()),
        LAYOUT,
        List.of(),
        new ArrayVector(new float[0]));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}                   | missing tensors: b
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"c":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}} | unexpected tensor c
          {"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}} | tensor a has shape [1, 2] where the network has [2]
          {"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}                   | tensor a has dtype F16, not F32
          {"a":{"shape":[2],"data_offsets":[0,4]}}                                 | tensor a has dtype none, not F32
          {"a":{"dtype":"F32","data_offsets":[0,4]}}                               | tensor a has no shape
          {"a":{"dtype":"F32","shape":[2]}}                                        | tensor a has no data_offsets
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9]}}                   | tensor a of shape [2] has data_offsets [0, 9]
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}                   | tensor a has data_offsets [8, 0]
          {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}                  | tensor a has shape with -2
          {"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,8]}}                 | tensor a has shape with 1.5
          {"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}} | tensor a has shape with 99999999999999999999
          {"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}} | tensor a has shape [4611686018427387904, 4]
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}                  | tensor a begins at byte 4, the one before ends at 0
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | tensor b begins at byte 4, the one before ends at 8
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}} | the header is no JSON: Duplicate field 'a'
          {"a":7}                                                                  | tensor a has dtype none, not F32
          [1]                                                                      | the header is no JSON object
          {"a"                                                                     | the header is no JSON
          """)
  void aWrongHeaderIsRefusedInOneLine(String header, String message) {
    ParameterLayout layout =
        new ParameterLayout(
            List.of(
                new Tensor("a", List.of(2), WEIGHT, 0), new Tensor("b", List.of(1), WEIGHT, 2)));
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(
            () ->
                Safetensors.read(
                    new ByteArrayInputStream(file(header, 12)),
                    layout,
                    new ArrayVector(new float[3])))
        .withMessageStartingWith(message);
  }

  @Test
  void aHeaderOfAnyLengthIsNeverAllocatedBlindly() {
    for (long length : new long[] {-1, 0, 1, 5 << 20, Integer.MAX_VALUE, Long.MAX_VALUE}) {
      byte[] start = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
      assertRefused(start, "not a safetensors file: a header of ");
    }
  }

  @Test
  void aDeeplyNestedHeaderIsRefused() {
    assertRefused(file("[".repeat(1 << 20), 0), "the header is no JSON");
  }

  @Test
  void aFileCutAnywhereIsRefused() throws IOException {
    byte[] whole = written(VALUES);
    for (int length = 0; length < whole.length; length++) {
      assertRefused(Arrays.copyOf(whole, length), "");
    }
    assertRefused(
        Arrays.copyOf(whole, whole.length + 1), "there is more data after the last tensor");
  }

  private static void assertRefused(byte[] file, String message) {
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(
            () ->
                Safetensors.read(
                    new ByteArrayInputStream(file), LAYOUT, new ArrayVector(new float[10])))
        .withMessageStartingWith(message);
  }

  private static byte[] written(float[] values) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(out, LAYOUT, new ArrayVector(values));
    return out.toByteArray();
  }

  private static byte[] file(String header, int dataBytes) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }
}
