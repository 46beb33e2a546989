package convoy.zoo.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.zoo.Zoo;
import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.format.ModelFormatException;
import convoy.zoo.format.Safetensors;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Parameter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFormatTest {
  @TempDir private Path folder;

  /**
   * The networks have torchvision's own widths. VGG runs at 32 px, where its first dense layer is
   * narrow.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "alexnet-one-tower",
        "vgg11",
        "vgg13",
        "vgg16",
        "vgg19",
        "squeezenet-1.0",
        "squeezenet-1.1"
      })
  void torchvisionsNamesFindTheirPlaces(String name) throws IOException {
    Architecture architecture = Zoo.architecture(name);
    int side = name.startsWith("vgg") ? 32 : 224;
    Architecture.Options options = new Architecture.Options(11, side, 3, -1, "paper");
    ParameterLayout layout = ParameterLayout.of(architecture.graph(options));
    Map<String, String> names = TorchvisionNames.of(architecture.graph(options));
    Path file = write(TorchvisionNames.renamed(layout, names));
    try (ModelImport weights = ModelImport.open("safetensors", file, architecture, side)) {
      assertThat(weights.options()).isEqualTo(options);
      assertThat(weights.hasTorchvisionNames()).isTrue();
      assertThat(weights.map().rows())
          .allSatisfy(
              row -> assertThat(row.source().name()).isEqualTo(names.get(row.target().name())));
      for (ParameterLayout.Tensor tensor : layout.tensors()) {
        FloatBuffer read = FloatBuffer.allocate(Math.min(1000, tensor.size()));
        FloatBuffer expected = FloatBuffer.allocate(read.capacity());
        int from = tensor.offset() + tensor.size() - read.capacity();
        weights.parameters().read(from, read);
        new Formula(layout.length()).read(from, expected);
        assertThat(read.flip()).as(tensor.name()).isEqualTo(expected.flip());
      }
    }
  }

  @Test
  void aDenseLayerForAnotherInputSizeIsNamed() throws IOException {
    Architecture architecture = Zoo.architecture("vgg11");
    Graph graph = architecture.graph(new Architecture.Options(11, 32, 3, -1, "paper"));
    Path file =
        write(TorchvisionNames.renamed(ParameterLayout.of(graph), TorchvisionNames.of(graph)));

    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> ModelImport.open("safetensors", file, architecture, 64).close())
        .withMessage(
            "tensor classifier.0.weight has shape [4096, 512], fc6.weight has [4096, 2048]; give the network and the input size (--architecture, --input-size) that the weights were trained with");
  }

  /** TensorFlow's kernels are [height, width, in, out]; the network takes one channel. */
  @Test
  void aKernelInAnotherOrderDoesNotChangeWhatIsExpected() throws IOException {
    Path file =
        write(
            new ParameterLayout(
                lenet().tensors().stream()
                    .map(
                        tensor ->
                            tensor.name().equals("conv1.weight")
                                ? new ParameterLayout.Tensor(
                                    tensor.name(), List.of(5, 5, 1, 6), tensor.kind(), 0)
                                : tensor)
                    .toList()));

    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(
            () ->
                ModelImport.open("safetensors", file, Zoo.architecture("lenet5-modern"), null)
                    .close())
        .withMessage(
            "tensor conv1.weight has shape [5, 5, 1, 6], conv1.weight has [6, 1, 5, 5]; the sides"
                + " are the same in a different order: transpose convolutions to [out, in, height,"
                + " width] and dense layers to [out, in]");
  }

  private static ParameterLayout lenet() {
    return ParameterLayout.of(graph());
  }

  @Test
  void ourOwnFilesCarryAuxiliaryClassifiersOrNot() throws IOException {
    Architecture architecture = Zoo.architecture("googlenet");
    Architecture.Options options = new Architecture.Options(4, 96, 3, -1, "paper");
    Graph graph = architecture.graph(options);
    for (Graph kept : List.of(graph.inference(), graph)) {
      Path file = write(ParameterLayout.of(kept));
      try (ModelImport weights = ModelImport.open("safetensors", file, architecture, 96)) {
        assertThat(weights.layout()).isEqualTo(ParameterLayout.of(kept));
        assertThat(weights.hasTorchvisionNames()).isFalse();
      }
    }
  }

  @Test
  void torchvisionsGoogLeNetIsAnotherNetwork() throws IOException {
    Path file = write(layout("conv1.conv.weight", "conv1.bn.weight", "fc.weight"));

    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(
            () ->
                ModelImport.open("safetensors", file, Zoo.architecture("googlenet"), null).close())
        .withMessageContainingAll("batch normalization", "3 x 3 kernels", "inception3a.branch3.1");
  }

  @Test
  void otherNetworksNamesAreLeftOver() throws IOException {
    Path file = write(layout("features.0.weight", "features.1.running_mean"));

    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(
            () -> ModelImport.open("safetensors", file, Zoo.architecture("vgg11"), null).close())
        .withMessage(
            "no tensor for conv1_1.bias, conv2_1.weight, conv2_1.bias, conv3_1.weight,"
                + " conv3_1.bias, conv3_2.weight and 15 more; no parameter for the file's"
                + " features.1.running_mean; give the --architecture that has these tensors (convoy"
                + " models NAME shows its layers), or complete the file");
  }

  @Test
  void halfAndDoublePrecisionBecomeFloats() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(2 * 8 + 8 * 2 + 2 * 2).order(ByteOrder.LITTLE_ENDIAN);
    data.putDouble(0.1).putDouble(-3e300);
    for (int half : new int[] {0x3c00, 0xc000, 0x0001, 0x8000, 0x7bff, 0x7c00, 0x0400, 0x3555}) {
      data.putShort((short) half);
    }

    data.putShort((short) 0x3f80).putShort((short) 0xc049);
    Path file =
        raw(
            "{'d':{'dtype':'F64','shape':[2],'data_offsets':[0,16]},"
                + "'h':{'dtype':'F16','shape':[8],'data_offsets':[16,32]},"
                + "'b':{'dtype':'BF16','shape':[2],'data_offsets':[32,36]}}",
            data.array());
    try (WeightsFile opened = WeightsFormats.open("safetensors", file)) {
      List<SourceTensor> tensors = opened.tensors(graph());
      assertThat(Tensors.values(tensors.get(0))).containsExactly(0.1f, Float.NEGATIVE_INFINITY);
      assertThat(Tensors.values(tensors.get(1)))
          .containsExactly(
              1, -2, 0x1p-24f, -0f, 65504, Float.POSITIVE_INFINITY, 0x1p-14f, 0.33325195f);
      assertThat(Tensors.values(tensors.get(2))).containsExactly(1, -3.140625f);
    }
  }

  @Test
  void integersAndCutFilesAreRefused() throws IOException {
    Path integers = raw("{'n':{'dtype':'I64','shape':[1],'data_offsets':[0,8]}}", new byte[8]);
    assertRefused(integers, "tensor n has dtype I64, not F32, F64, F16, BF16");
    assertRefused(Files.write(folder.resolve("zeros"), new byte[40]), "not a safetensors file");
    byte[] whole = Files.readAllBytes(write(layout("a", "b")));
    for (int length = 0; length < whole.length; length++) {
      assertRefused(Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length)), "");
    }

    assertRefused(
        Files.write(folder.resolve("long"), Arrays.copyOf(whole, whole.length + 4)),
        "the file has 12 bytes of tensors, but its header describes 8");
  }

  private static void assertRefused(Path file, String message) {
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> WeightsFormats.open("safetensors", file).close())
        .withMessageStartingWith(message);
  }

  private static Graph graph() {
    return Zoo.architecture("lenet5-modern").graph(Zoo.architecture("lenet5-modern").defaults());
  }

  /** Returns a layout of tensors that hold one value each. */
  private static ParameterLayout layout(String... names) {
    ParameterLayout.Tensor[] tensors = new ParameterLayout.Tensor[names.length];
    Arrays.setAll(
        tensors, i -> new ParameterLayout.Tensor(names[i], List.of(1), Parameter.Kind.WEIGHT, i));
    return new ParameterLayout(List.of(tensors));
  }

  private Path write(ParameterLayout layout) throws IOException {
    Path file = folder.resolve("weights.safetensors");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      Safetensors.write(out, layout, new Formula(layout.length()));
    }

    return file;
  }

  private Path raw(String header, byte[] data) throws IOException {
    byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return Files.write(
        folder.resolve("raw.safetensors"),
        ByteBuffer.allocate(8 + json.length + data.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json)
            .put(data)
            .array());
  }

  /** Computes weights from their index, so that they need no memory. */
  private record Formula(int length) implements FlatVector {
    @Override
    public void read(int offset, FloatBuffer into) {
      for (int at = offset; into.hasRemaining(); at++) {
        into.put(((at * 0x9E3779B9) >> 8) * 0x1p-24f);
      }
    }

    @Override
    public void write(int offset, FloatBuffer from) {
      throw new UnsupportedOperationException();
    }
  }

  @ParameterizedTest
  @CsvSource({"alexnet-one-tower,small,false", "vgg11,small,false", "vgg11,paper,true"})
  void formsThatTorchvisionDoesNotHaveKeepTheirOwnNames(
      String network, String form, boolean batchNorm) {
    Architecture.Options options =
        new Architecture.Options(10, 32, 3, -1, "paper", form, batchNorm);
    assertThat(TorchvisionNames.of(Zoo.architecture(network).graph(options))).isEmpty();
  }
}
