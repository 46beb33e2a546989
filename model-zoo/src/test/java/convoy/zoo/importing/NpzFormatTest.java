package convoy.zoo.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.zoo.Zoo;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.format.ModelFormatException;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpzFormatTest {
  private static final Architecture ARCHITECTURE = Zoo.architecture("lenet5-modern");

  @TempDir private Path folder;

  @Test
  void theClassCountAndTheChannelsAreTheFiles() throws IOException {
    Graph three = ARCHITECTURE.graph(new Architecture.Options(3, 28, 3, -1, "paper"));
    try (ModelImport weights = open(write(arrays(three, ".weight", ".bias")))) {
      assertThat(weights.options()).isEqualTo(new Architecture.Options(3, 28, 3, -1, "paper"));
      assertThat(weights.map().rows()).hasSize(10);
    }
  }

  @Test
  void numbersComeInTheirOrderWhateverTypeTheyHave() throws IOException {
    Map<String, byte[]> arrays = arrays("_W", "_b");
    float[] plain;
    try (ModelImport weights = open(write(arrays))) {
      plain = read(weights, "fc5.weight");
      assertThat(plain).hasSize(840).startsWith(0, 1, 2);
    }

    ByteBuffer big = ByteBuffer.allocate(840 * 8);
    ByteBuffer half = ByteBuffer.allocate(840 * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 840; i++) {
      big.putDouble(i);
      half.putShort((short) 0x3c00); // This is 1 in half precision.
    }

    arrays.put("fc5_W", npy("'>f8'", "False", "(10, 84)", big.array()));
    try (ModelImport weights = open(write(arrays))) {
      assertThat(read(weights, "fc5.weight")).isEqualTo(plain);
    }

    arrays.put("fc5_W", npy("'<f2'", "False", "(10, 84)", half.array()));
    try (ModelImport weights = open(write(arrays))) {
      assertThat(read(weights, "fc5.weight")).containsOnly(1);
    }

    arrays.put("fc5_W", npy("'<f4'", "True", "(10, 84)", counted(840)));
    try (ModelImport weights = open(write(arrays))) {
      assertThat(read(weights, "fc5.weight")).startsWith(0, 10, 20);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          '<i8' | False | (10, 84) | tensor fc5_W holds numbers of type i8; float32, float64 and float16 can be read
          `'|O'` | False | (10, 84) | tensor fc5_W holds numbers of type O
          '<f16' | False | (10, 84) | tensor fc5_W holds numbers of type f16; float32, float64 and float16 can be read; f16 has 16 bytes: convert the array with astype('float32')
          '<u1' | False | (10, 84) | tensor fc5_W holds numbers of type u1; float32, float64 and float16 can be read; convert the array with astype('float32')
          `'|O'` | False | () | tensor fc5_W holds numbers of type O; float32, float64 and float16 can be read; these are Python objects: give each array a name of its own, numpy.savez('FILE.npz', **arrays)
          '<f4' | False | (5, 168) | tensor fc5_W has shape [5, 168], fc5.weight has [10, 84]; give the network and the input size (--architecture, --input-size) that the weights were trained with
          [('x', '<f4')] | False | (10, 84) | tensor fc5_W has a NumPy header without descr
          '<f4' | maybe | (10, 84) | tensor fc5_W has a NumPy header without fortran_order
          '<f4' | False | 10 | tensor fc5_W has a NumPy header without shape
          '<f4' | False | (10, 83) | tensor fc5_W of shape [10, 83] has 3360 bytes, not 3320
          '<f4' | False | (100000, 100000) | tensor fc5_W has shape [100000, 100000], larger than any parameter
          '<f4' | False | (99999999999999999999,) | tensor fc5_W has shape [9223372036854775807], larger than any parameter
          '<f4' | False | (84, 10) | tensor fc5_W has shape [84, 10], fc5.weight has [10, 84]
          '<f4' | False | (840,) | tensor fc5_W has shape [840], fc5.weight has [10, 84]
          """)
  void aHeaderThatLiesOrDoesNotFitIsRefused(
      String descr, String order, String shape, String message) throws IOException {
    Map<String, byte[]> arrays = arrays("_W", "_b");
    arrays.put("fc5_W", npy(descr, order, shape, counted(840)));

    assertRefused(write(arrays), message);
  }

  @Test
  void whatIsMissingOrLeftOverIsNamed() throws IOException {
    Map<String, byte[]> arrays = arrays("_W", "_b");
    arrays.remove("conv2_b");
    arrays.put("prob", arrays.get("fc5_b"));
    arrays.put("fc6_W", arrays.get("fc5_W"));

    assertRefused(
        write(arrays), "no tensor for conv2.bias; no parameter for the file's fc6_W, prob");
    arrays = arrays("_W", "_b");
    arrays.put("fc5.weight", arrays.get("fc5_W"));
    assertRefused(write(arrays), "both fc5_W and fc5.weight are fc5.weight");
  }

  @Test
  void whatIsNoZipOrNoArrayIsRefused() throws IOException {
    assertRefused(Files.write(folder.resolve("text"), new byte[300]), "not an npz file: ");
    Path empty = Files.write(folder.resolve("empty"), new byte[0]);
    assertRefused(empty, "not an npz file: ");
    Map<String, byte[]> arrays = arrays("_W", "_b");
    arrays.put("fc5_W", "hello, world".getBytes(StandardCharsets.UTF_8));
    assertRefused(write(arrays), "tensor fc5_W is no NumPy array");
    byte[] huge = npy("'<f4'", "False", "(10, 84)", counted(840));
    huge[6] = 2; // Version 2 has a length of four bytes.
    arrays.put("fc5_W", huge);
    assertRefused(write(arrays), "tensor fc5_W: a NumPy header of version 2 and ");
    Path other = folder.resolve("other");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(other))) {
      zip.putNextEntry(new ZipEntry("readme.txt"));
    }

    assertRefused(other, "the entry readme.txt is no array");
  }

  @Test
  void aFileCutAnywhereIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(write(arrays("_W", "_b")));
    for (int length = 0; length < whole.length; length += 997) {
      assertRefused(
          Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length)), "not an npz file: ");
    }
  }

  @Test
  void damagedNumbersAreFoundWhenTheyAreRead() throws IOException {
    byte[] whole = Files.readAllBytes(write(arrays("_W", "_b")));
    byte[] damaged = whole.clone();
    Arrays.fill(damaged, whole.length / 2, whole.length / 2 + 50, (byte) 0xff);
    Path file = Files.write(folder.resolve("damaged"), damaged);

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(
            () -> {
              try (ModelImport weights = open(file)) {
                weights.parameters().read(0, FloatBuffer.allocate(weights.layout().length()));
              }
            })
        .withCauseInstanceOf(ModelFormatException.class);
  }

  @Test
  void whatIsNoNumberIsNoWeight() throws IOException {
    Map<String, byte[]> arrays = arrays("_W", "_b");
    byte[] values = counted(10);
    ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN).putFloat(8, Float.NaN);
    arrays.put("fc5_b", npy("'<f4'", "False", "(10,)", values));
    try (ModelImport weights = open(write(arrays))) {
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> read(weights, "fc5.bias"))
          .withMessageContaining("tensor fc5_b holds NaN, which is no weight");
    }
  }

  private static ModelImport open(Path file) throws IOException {
    return ModelImport.open("npz", file, ARCHITECTURE, null);
  }

  private static void assertRefused(Path file, String message) {
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> open(file).close())
        .withMessageStartingWith(message);
  }

  private static float[] read(ModelImport weights, String name) {
    ParameterLayout.Tensor tensor =
        weights.layout().tensors().stream()
            .filter(t -> t.name().equals(name))
            .findFirst()
            .orElseThrow();
    float[] values = new float[tensor.size()];
    weights.parameters().read(tensor.offset(), FloatBuffer.wrap(values));
    return values;
  }

  private static Map<String, byte[]> arrays(String weight, String bias) {
    return arrays(ARCHITECTURE.graph(ARCHITECTURE.defaults()), weight, bias);
  }

  /** Gives each parameter the values 0, 1, 2 and so on. */
  private static Map<String, byte[]> arrays(Graph graph, String weight, String bias) {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    graph
        .parameters()
        .forEach(
            parameter ->
                arrays.put(
                    parameter.name().replace(".weight", weight).replace(".bias", bias),
                    npy(
                        "'<f4'",
                        "False",
                        parameter.shape().toString().replace("[", "(").replace("]", ",)"),
                        counted(parameter.size()))));
    return arrays;
  }

  private static byte[] counted(int size) {
    ByteBuffer values = ByteBuffer.allocate(size * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    values.asFloatBuffer().put(Tensors.counted(size));
    return values.array();
  }

  private static byte[] npy(String descr, String order, String shape, byte[] data) {
    byte[] dictionary =
        "{'descr': %s, 'fortran_order': %s, 'shape': %s, }\n"
            .formatted(descr, order, shape)
            .getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(10 + dictionary.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) dictionary.length)
        .put(dictionary)
        .put(data)
        .array();
  }

  private Path write(Map<String, byte[]> arrays) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
        zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
        zip.write(array.getValue());
      }
    }

    Path file = folder.resolve("weights.npz");
    try (OutputStream out = Files.newOutputStream(file)) {
      bytes.writeTo(out);
    }

    return file;
  }
}
