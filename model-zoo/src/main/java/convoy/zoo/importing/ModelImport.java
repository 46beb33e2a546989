package convoy.zoo.importing;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.format.ModelFormatException;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Layer;
import convoy.zoo.graph.Parameter;
import convoy.zoo.graph.Shape;
import convoy.zoo.graph.Softmax;
import convoy.zoo.graph.UsualAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Presents weights of another program as those of a network of the zoo. Everything is checked when
 * the file is opened. The values themselves are read when {@link #parameters} are, so the import
 * must still be open then.
 */
public final class ModelImport implements AutoCloseable {
  private final WeightsFile file;
  private final Architecture.Options options;
  private final ParameterLayout layout;
  private final LayerMap map;
  private final boolean torchvision;

  private ModelImport(
      WeightsFile file,
      Architecture.Options options,
      ParameterLayout layout,
      LayerMap map,
      boolean torchvision) {
    this.file = file;
    this.options = options;
    this.layout = layout;
    this.map = map;
    this.torchvision = torchvision;
  }

  /**
   * Opens a file and matches it with a network. The number of classes and of channels come from the
   * file.
   *
   * @param format as {@link WeightsFormats} knows it
   * @param inputSize side of the picture in pixels; null for the size in the file or, if it has
   *     none, the architecture's default
   * @throws ModelFormatException when the file is damaged or does not fit
   */
  public static ModelImport open(
      String format, Path path, Architecture architecture, Integer inputSize) throws IOException {
    WeightsFile file = WeightsFormats.open(format, path);
    try {
      Architecture.Options options = options(file, architecture, inputSize);
      Graph graph = graph(architecture, options);
      file.check(graph);
      List<SourceTensor> tensors = file.tensors(graph);
      ParameterLayout layout = layout(graph, tensors);
      LayerMap map = LayerMap.of(layout, tensors);
      Map<String, String> torchvision = TorchvisionNames.of(graph);
      return new ModelImport(
          file,
          options,
          layout,
          map,
          map.rows().stream()
              .anyMatch(row -> row.source().name().equals(torchvision.get(row.target().name()))));
    } catch (IOException | RuntimeException problem) {
      file.close();
      throw problem;
    }
  }

  private static Architecture.Options options(
      WeightsFile file, Architecture architecture, Integer inputSize) throws ModelFormatException {
    Architecture.Options paper = architecture.defaults();
    Graph graph = architecture.graph(paper).inference();
    Map<String, SourceTensor> tensors = new HashMap<>();
    file.tensors(graph).forEach(tensor -> tensors.put(tensor.parameter(), tensor));
    List<Parameter> parameters = graph.parameters();
    SourceTensor first = tensors.get(parameters.get(0).name());
    SourceTensor last = tensors.get(parameters.get(parameters.size() - 1).name());
    // LeNet-5's output has fixed codes and no parameters, so its last tensor does not tell the
    // number of classes.
    boolean told = last != null && isSoftmax(graph.output().layer());
    int side = file.input().map(Shape::width).orElse(paper.inputSize());
    try {
      return new Architecture.Options(
          told && last.shape().size() == 1 ? last.shape().get(0) : paper.classes(),
          inputSize == null ? side : inputSize,
          first != null && hasSidesOf(first, parameters.get(0))
              ? first.view().shape().get(1)
              : paper.inputChannels(),
          paper.dropout(),
          paper.initializer());
    } catch (IllegalArgumentException problem) {
      throw new ModelFormatException(problem.getMessage(), problem);
    }
  }

  /**
   * Returns whether a kernel's sides other than its input channels are those of a parameter. A
   * kernel with other sides says nothing about the channels.
   */
  private static boolean hasSidesOf(SourceTensor kernel, Parameter parameter) {
    List<Integer> shape = new ArrayList<>(kernel.view().shape());
    if (shape.size() != 4) {
      return false;
    }

    shape.set(1, parameter.shape().get(1));
    return shape.equals(parameter.shape());
  }

  private static boolean isSoftmax(Layer output) {
    return output.accept(
        new UsualAnswer<>(false) {
          @Override
          public Boolean softmax(Softmax layer) {
            return true;
          }
        });
  }

  private static Graph graph(Architecture architecture, Architecture.Options options)
      throws ModelFormatException {
    try {
      return architecture.graph(options);
    } catch (IllegalArgumentException | ArithmeticException problem) {
      throw new ModelFormatException(problem.getMessage(), problem);
    }
  }

  /** Includes the auxiliary classifiers if the file holds any of their tensors. */
  private static ParameterLayout layout(Graph graph, List<SourceTensor> tensors) {
    ParameterLayout inference = ParameterLayout.of(graph.inference());
    Set<String> names =
        inference.tensors().stream().map(ParameterLayout.Tensor::name).collect(Collectors.toSet());
    boolean more =
        tensors.stream()
            .anyMatch(tensor -> tensor.parameter() != null && !names.contains(tensor.parameter()));
    return more ? ParameterLayout.of(graph) : inference;
  }

  /** Returns the options of the network that the weights are for. */
  public Architecture.Options options() {
    return options;
  }

  public ParameterLayout layout() {
    return layout;
  }

  public LayerMap map() {
    return map;
  }

  /** Returns whether the file has torchvision's names, and so belongs to torchvision's network. */
  public boolean hasTorchvisionNames() {
    return torchvision;
  }

  /**
   * Returns the weights, which are read from the file one tensor at a time.
   *
   * @see ImportedParameters#read
   */
  public FlatVector parameters() {
    return new ImportedParameters(map);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
