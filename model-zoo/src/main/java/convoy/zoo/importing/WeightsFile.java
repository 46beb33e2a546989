package convoy.zoo.importing;

import convoy.zoo.format.ModelFormatException;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** An open file of weights. Its tensors are read while it is open, one at a time. */
public interface WeightsFile extends AutoCloseable {
  /** The picture that the file's network takes, where the format tells. */
  default Optional<Shape> input() {
    return Optional.empty();
  }

  /**
   * Compares what the file says of its layers with a network's.
   *
   * @throws ModelFormatException naming the first layer that differs, and both values
   */
  default void check(Graph graph) throws ModelFormatException {}

  /** All tensors, each with the parameter of the graph that it stands for. */
  List<SourceTensor> tensors(Graph graph) throws ModelFormatException;

  @Override
  void close() throws IOException;
}
