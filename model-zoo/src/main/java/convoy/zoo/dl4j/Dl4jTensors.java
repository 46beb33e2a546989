package convoy.zoo.dl4j;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.graph.Convolution;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Layer;
import convoy.zoo.graph.UsualAnswer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Knows where the named tensors of a graph lie in the flat vectors of its {@link ComputationGraphs}
 * translation. DL4J stores the bias of a convolution before its weights. It stores dense weights as
 * [in, out] in Fortran order, which is the same as [out, in] in C order. So whole tensors move, but
 * the values within a tensor keep their order.
 */
public final class Dl4jTensors {
  private record Place(int offset, int theirs, int length) {}

  private static final Layer.Visitor<Integer> GROUPS =
      new UsualAnswer<>(1) {
        @Override
        public Integer convolution(Convolution layer) {
          return layer.groups();
        }
      };

  private final List<Place> places = new ArrayList<>();

  private Dl4jTensors() {}

  /** Finds the places of the tensors of {@code graph} in {@code network}. */
  public static Dl4jTensors of(Graph graph, ComputationGraph network) {
    Dl4jTensors tensors = new Dl4jTensors();
    ParameterLayout layout = ParameterLayout.of(graph);
    int next = 0;
    for (Graph.Node node : graph.nodes()) {
      for (int i = 0; i < node.parameters().size(); i++) {
        tensors.add(node, layout.tensors().get(next++), network);
      }
    }

    long length = tensors.places.stream().mapToLong(Place::length).sum();
    if (length != network.numParams()) {
      throw new IllegalStateException(
          "DL4J has " + network.numParams() + " parameters where the graph has " + length);
    }

    return tensors;
  }

  private void add(Graph.Node node, ParameterLayout.Tensor tensor, ComputationGraph network) {
    int groups = node.layer().accept(GROUPS);
    int length = tensor.size() / groups;
    for (int group = 0; group < groups; group++) {
      String layer = groups == 1 ? node.name() : ComputationGraphs.groupName(node.name(), group);
      INDArray array = network.getLayer(layer).getParam(tensor.bias() ? "b" : "W");
      if (array.length() != length) {
        throw new IllegalStateException(layer + ": " + array.length() + " values for " + length);
      }

      places.add(new Place(tensor.offset() + group * length, (int) array.offset(), length));
    }
  }

  /** Copies a vector in the graph's layout, parameters or momentum, into one of DL4J's vectors. */
  public void copy(FlatVector from, INDArray into) {
    FloatBuffer theirs = buffer(into);
    for (Place place : places) {
      from.read(place.offset(), theirs.slice(place.theirs(), place.length()));
    }
  }

  /** Copies one of DL4J's vectors into a vector in the graph's layout. */
  public void copy(INDArray from, FlatVector into) {
    FloatBuffer theirs = buffer(from);
    for (Place place : places) {
      into.write(place.offset(), theirs.slice(place.theirs(), place.length()));
    }
  }

  private static FloatBuffer buffer(INDArray flat) {
    if (flat.offset() != 0 || !flat.isVector()) {
      throw new IllegalArgumentException("not one of a network's whole flat vectors");
    }

    return flat.data().asNioFloat();
  }
}
