package convoy.zoo.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.zoo.Zoo;
import convoy.zoo.format.ModelFormatException;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a Keras file is told in one line with the value and the remedy. */
class KerasProblemsTest {
  @TempDir private Path folder;

  @Test
  void aWholeFileIsRead() throws IOException {
    read(file(tensors()));
  }

  @Test
  void otherNumbersAreNamedWithTheirType() throws IOException {
    Map<String, Object> whole = tensors();
    whole.put("d5/bias:0", new long[10]);
    assertRefused(
        file(whole),
        "tensor d5/bias:0 holds no floating-point numbers but long[]; save the model in float32");
    Map<String, Object> text = tensors();
    text.put("d5/bias:0", new String[] {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"});
    assertRefused(
        file(text),
        "tensor d5/bias:0 holds no floating-point numbers but String[]; save the model in float32");
    Map<String, Object> broken = tensors();
    float[] values = new float[10];
    values[3] = Float.POSITIVE_INFINITY;
    broken.put("d5/bias:0", values);
    assertRefused(
        file(broken),
        "tensor d5/bias:0 holds Infinity, which is no weight; take weights from before that"
            + " training diverged");
  }

  @Test
  void anotherShapeIsNamedWithBoth() throws IOException {
    Map<String, Object> transposed = tensors();
    transposed.put("d4/kernel:0", new float[84][120]);
    assertRefused(
        file(transposed),
        "tensor d4/kernel:0 has shape [84, 120], [120, 84] after [in, out] to [out, in],"
            + " fc4.weight has [84, 120]; the sides are the same in a different order: Keras has"
            + " convolutions as [height, width, in, out] and dense layers as [in, out]");
    Map<String, Object> larger = tensors();
    larger.put("d4/bias:0", new float[85]);
    assertRefused(
        file(larger),
        "tensor d4/bias:0 has shape [85], fc4.bias has [84]; give the network and the input size"
            + " (--architecture, --input-size) that the weights were trained with");
  }

  @Test
  void missingTensorsAreNamed() throws IOException {
    Map<String, Object> tensors = tensors();
    tensors.keySet().removeIf(name -> name.startsWith("d4/"));
    assertRefused(
        file(tensors),
        "no tensor for fc4.weight, fc4.bias; give the --architecture that has these tensors"
            + " (convoy models NAME shows its layers), or complete the file");
  }

  @Test
  void aCutFileIsToBeFetchedAgain() throws IOException {
    Path whole = file(tensors());
    byte[] bytes = Files.readAllBytes(whole);
    for (int length : new int[] {0, 7, 60, bytes.length / 2}) {
      Path cut = Files.write(folder.resolve("cut.h5"), Arrays.copyOf(bytes, length));
      assertThatExceptionOfType(ModelFormatException.class)
          .isThrownBy(() -> new KerasFormat().open(cut).close())
          .withMessageStartingWith("no HDF5 file, or a damaged one: ")
          .withMessageEndingWith("; fetch it or save it again with model.save('FILE.h5')");
    }
  }

  private static Map<String, Object> tensors() {
    Map<String, Object> tensors = new LinkedHashMap<>();
    tensors.put("c1/kernel:0", new float[5][5][1][6]);
    tensors.put("c1/bias:0", new float[6]);
    tensors.put("c2/kernel:0", new float[5][5][6][16]);
    tensors.put("c2/bias:0", new float[16]);
    tensors.put("d3/kernel:0", new float[400][120]);
    tensors.put("d3/bias:0", new float[120]);
    tensors.put("d4/kernel:0", new float[120][84]);
    tensors.put("d4/bias:0", new float[84]);
    tensors.put("d5/kernel:0", new float[84][10]);
    tensors.put("d5/bias:0", new float[10]);
    return tensors;
  }

  private Path file(Map<String, Object> tensors) throws IOException {
    Path file = folder.resolve("model.h5");
    Files.deleteIfExists(file);
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putAttribute("model_config", KerasMatchTest.CONFIG);
      WritableGroup weights = hdf.putGroup("model_weights");
      Map<String, WritableGroup> layers = new LinkedHashMap<>();
      tensors.forEach(
          (name, values) -> {
            int slash = name.indexOf('/');
            layers
                .computeIfAbsent(name.substring(0, slash), weights::putGroup)
                .putDataset(name.substring(slash + 1), values);
          });
    }

    return file;
  }

  private static void assertRefused(Path file, String message) {
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(file)).withMessage(message);
  }

  private static void read(Path file) throws IOException {
    try (ModelImport weights =
        ModelImport.open("keras", file, Zoo.architecture("lenet5-modern"), null)) {
      FloatBuffer values = FloatBuffer.allocate(weights.layout().length());
      weights.parameters().read(0, values);
      assertThat(values.hasRemaining()).isFalse();
    } catch (UncheckedIOException problem) {
      throw problem.getCause();
    }
  }
}
