package convoy.zoo.importing;

import convoy.zoo.format.ModelFormatException;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** An open file of weights. Its tensors are read one at a time while it is open. */
public interface WeightsFile extends AutoCloseable {
  /** Returns the shape of the picture that the file's network takes, if the format states it. */
  default Optional<Shape> input() {
    return Optional.empty();
  }

  /**
   * Compares what the file says about its layers with a network.
   *
   * @throws ModelFormatException naming the first layer that differs, and both values
   */
  default void check(Graph graph) throws ModelFormatException {}

  /** Returns all tensors, each with the parameter of the graph that it stands for. */
  List<SourceTensor> tensors(Graph graph) throws ModelFormatException;

  @Override
  void close() throws IOException;
}
