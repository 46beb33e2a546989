package convoy.zoo.importing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes tensors for the tests of imports and finds the real files beside the checkout. */
final class Tensors {
  private Tensors() {}

  /** Returns a file of shared/data/models. If it is missing, the test is skipped and says so. */
  static Path model(String name) {
    Path path = Path.of("../../shared/data/models").resolve(name).toAbsolutePath().normalize();
    assumeTrue(Files.exists(path), path + " does not stand beside the checkout");
    return path;
  }

  static KerasFile.Stored stored(String name, Integer... shape) {
    int size = List.of(shape).stream().reduce(1, (a, b) -> a * b);
    return new KerasFile.Stored(name, List.of(shape), () -> FloatBuffer.wrap(counted(size)));
  }

  /** Returns 0, 1, 2 and so on. */
  static float[] counted(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = i;
    }

    return values;
  }

  /**
   * Returns a tensor's values in the parameter's order. They are read in blocks that don't end
   * where rows end.
   */
  static float[] values(SourceTensor tensor) {
    FloatBuffer numbers;
    try {
      numbers = tensor.numbers().read();
    } catch (IOException problem) {
      throw new AssertionError(problem);
    }

    return values(tensor.view(), numbers);
  }

  static float[] values(TensorView view, FloatBuffer numbers) {
    float[] values = new float[view.shape().stream().reduce(1, (a, b) -> a * b)];
    for (int from = 0; from < values.length; from += 7) {
      view.read(numbers, from, FloatBuffer.wrap(values, from, Math.min(7, values.length - from)));
    }

    return values;
  }
}
