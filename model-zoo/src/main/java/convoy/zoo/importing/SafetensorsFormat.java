package convoy.zoo.importing;

import convoy.zoo.format.ModelFormatException;
import convoy.zoo.format.SafetensorsFile;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads safetensors files that have torchvision's names or Convoy's own. */
final class SafetensorsFormat implements WeightsFormat {
  @Override
  public String name() {
    return "safetensors";
  }

  @Override
  public WeightsFile open(Path file) throws IOException {
    SafetensorsFile opened = SafetensorsFile.open(file);
    return new WeightsFile() {
      @Override
      public List<SourceTensor> tensors(Graph graph) throws ModelFormatException {
        return SafetensorsFormat.tensors(opened, graph);
      }

      @Override
      public void close() throws IOException {
        opened.close();
      }
    };
  }

  private static List<SourceTensor> tensors(SafetensorsFile file, Graph graph)
      throws ModelFormatException {
    refuseOtherGoogLeNet(file, graph);
    Map<String, String> parameters = new HashMap<>();
    TorchvisionNames.of(graph).forEach((parameter, name) -> parameters.put(name, parameter));
    graph.parameters().stream().map(Parameter::name).forEach(own -> parameters.put(own, own));
    List<SourceTensor> tensors = new ArrayList<>();
    for (SafetensorsFile.Tensor tensor : file.tensors()) {
      List<Integer> shape = StatedShapes.of(tensor.name(), tensor.shape());
      tensors.add(
          new SourceTensor(
              tensor.name(),
              shape,
              parameters.get(tensor.name()),
              TensorView.rowMajor(shape),
              () -> file.floats(tensor)));
    }

    return tensors;
  }

  private static void refuseOtherGoogLeNet(SafetensorsFile file, Graph graph)
      throws ModelFormatException {
    boolean other =
        file.tensors().stream()
            .anyMatch(tensor -> tensor.name().equals(Parameter.weight("conv1.bn")));
    if (other && graph.name().equals("googlenet")) {
      throw new ModelFormatException(
          "torchvision's googlenet differs from the paper's network: batch normalization after"
              + " every convolution (conv1.bn and so on) and no biases, 3 x 3 kernels where the"
              + " paper has 5 x 5 (inception3a.branch3.1 to inception5b.branch3.1), no local"
              + " response normalization; weights of Caffe's bvlc_googlenet fit");
    }
  }
}
