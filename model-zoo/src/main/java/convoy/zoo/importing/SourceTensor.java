package convoy.zoo.importing;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * One tensor of a file.
 *
 * @param name in the file
 * @param shape in the file
 * @param parameter of the network that the tensor stands for, or null if there is none
 * @param view the values in the parameter's order
 * @param numbers reads the values in the file's order
 */
public record SourceTensor(
    String name, List<Integer> shape, String parameter, TensorView view, Numbers numbers) {

  /** Reads all values of one tensor. */
  @FunctionalInterface
  public interface Numbers {
    FloatBuffer read() throws IOException;
  }

  public SourceTensor {
    shape = List.copyOf(shape);
  }
}
