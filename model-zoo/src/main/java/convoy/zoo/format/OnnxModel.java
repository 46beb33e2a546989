package convoy.zoo.format;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.graph.Activation;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Layer;
import convoy.zoo.graph.Window;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;

/**
 * A network for inference in ONNX, operator set 13: input {@code images} [batch, channels, height,
 * width] as the network takes it, outputs {@code probabilities} and {@code logits} [batch,
 * classes], batch free. Dropout is left out.
 */
public final class OnnxModel {
  private static final int OPERATORS = 13;
  private static final int IR_VERSION = 7;
  private static final String INPUT = "images";
  private static final String LOGITS = "logits";
  private static final String PROBABILITIES = "probabilities";

  private final Graph graph;
  private final OnnxTensors tensors;
  private final GraphProto.Builder onnx = GraphProto.newBuilder();

  /** Node of the graph to the value that stands for it. */
  private final Map<String, String> values = new HashMap<>(Map.of(Graph.INPUT, INPUT));

  private OnnxModel(Graph graph, OnnxTensors tensors) {
    this.graph = graph;
    this.tensors = tensors;
  }

  /**
   * Writes a network; the stream stays open.
   *
   * @param layout of the parameters, as a network for inference has it
   * @param metadata what else a user of the file needs, by name
   */
  public static void write(
      OutputStream out,
      Graph graph,
      ParameterLayout layout,
      FlatVector parameters,
      Map<String, String> metadata)
      throws IOException {
    OnnxModel model = new OnnxModel(graph.inference(), new OnnxTensors(layout, parameters));
    ModelProto.Builder file =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("convoy")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATORS))
            .setGraph(model.build());
    metadata.forEach(
        (key, value) ->
            file.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    file.build().writeTo(out);
  }

  private GraphProto build() {
    onnx.setName(graph.name());
    onnx.addInput(
        value(
            INPUT,
            List.of(graph.input().channels(), graph.input().height(), graph.input().width())));
    onnx.addOutput(value(PROBABILITIES, List.of(graph.classes())));
    onnx.addOutput(value(LOGITS, List.of(graph.classes())));
    graph.nodes().forEach(this::add);
    return onnx.build();
  }

  private void add(Graph.Node node) {
    String name = node.name();
    Layer layer = node.layer();
    String in = values.get(node.inputs().get(0));
    if (layer instanceof Layer.Convolution convolution) {
      values.put(name, convolution(node, convolution, in));
    } else if (layer instanceof Layer.Pooling pooling) {
      boolean max = pooling.mode() == Layer.Pooling.Mode.MAX;
      NodeProto.Builder pool = window(max ? "MaxPool" : "AveragePool", pooling.window());
      values.put(
          name, add(pool.addAttribute(number("ceil_mode", pooling.ceil() ? 1 : 0)), name, in));
    } else if (layer instanceof Layer.Subsampling subsampling) {
      values.put(name, subsampling(name, subsampling, in));
    } else if (layer instanceof Layer.LocalResponseNormalization normalization) {
      values.put(name, add(normalization(normalization), name, in));
    } else if (layer instanceof Layer.BatchNormalization normalization) {
      values.put(name, batchNormalization(name, normalization, in));
    } else if (layer instanceof Layer.FullyConnected dense) {
      values.put(name, dense(name, dense, in));
    } else if (layer instanceof Layer.Dropout) {
      values.put(name, in);
    } else if (layer instanceof Layer.Concatenation) {
      String[] all = node.inputs().stream().map(values::get).toArray(String[]::new);
      values.put(name, add(node("Concat").addAttribute(number("axis", 1)), name, all));
    } else if (layer instanceof Layer.Softmax) {
      softmax(in);
    } else if (layer instanceof Layer.Rbf rbf) {
      softmax(rbf(name, rbf, in));
    } else {
      throw new IllegalArgumentException(name + ": " + layer.kind() + " has no form in ONNX");
    }
  }

  private String convolution(Graph.Node node, Layer.Convolution layer, String in) {
    String name = node.name();
    int channels = channels(node.inputs().get(0));
    onnx.addInitializer(
        layer.connections() == null
            ? tensors.named(name + ".weight")
            : tensors.connected(name + ".weight", layer, channels));
    onnx.addInitializer(tensors.named(name + ".bias"));
    NodeProto.Builder convolution =
        window("Conv", layer.window()).addAttribute(number("group", layer.groups()));
    return activation(
        name, layer.activation(), add(convolution, name, in, name + ".weight", name + ".bias"));
  }

  private int channels(String input) {
    return graph.nodes().stream()
        .filter(node -> node.name().equals(input))
        .map(node -> node.output().channels())
        .findFirst()
        .orElse(graph.input().channels());
  }

  /** The sum of a window is its mean times its area. */
  private String subsampling(String name, Layer.Subsampling layer, String in) {
    int area = layer.kernel() * layer.kernel();
    onnx.addInitializer(tensors.aChannel(name + ".weight", area));
    onnx.addInitializer(tensors.aChannel(name + ".bias", 1));
    String mean = add(window("AveragePool", layer.window()), name + ".mean", in);
    String scaled = add(node("Mul"), name + ".scaled", mean, name + ".weight");
    return activation(name, layer.activation(), add(node("Add"), name, scaled, name + ".bias"));
  }

  /** ONNX divides alpha by the size, as Caffe does. */
  private static NodeProto.Builder normalization(Layer.LocalResponseNormalization layer) {
    return node("LRN")
        .addAttribute(number("size", layer.size()))
        .addAttribute(real("alpha", layer.alpha() * layer.size()))
        .addAttribute(real("beta", layer.beta()))
        .addAttribute(real("bias", layer.k()));
  }

  private String batchNormalization(String name, Layer.BatchNormalization layer, String in) {
    List<String> inputs = new ArrayList<>(List.of(in));
    for (String tensor : List.of(".weight", ".bias", ".running_mean", ".running_var")) {
      onnx.addInitializer(tensors.named(name + tensor));
      inputs.add(name + tensor);
    }

    NodeProto.Builder normalization =
        node("BatchNormalization").addAttribute(real("epsilon", layer.epsilon()));
    return activation(
        name, layer.activation(), add(normalization, name, inputs.toArray(String[]::new)));
  }

  private String dense(String name, Layer.FullyConnected layer, String in) {
    onnx.addInitializer(tensors.named(name + ".weight"));
    onnx.addInitializer(tensors.named(name + ".bias"));
    String flat = add(node("Flatten"), name + ".flat", in);
    NodeProto.Builder product = node("Gemm").addAttribute(number("transB", 1));
    return activation(
        name, layer.activation(), add(product, name, flat, name + ".weight", name + ".bias"));
  }

  private String activation(String name, Activation activation, String sum) {
    return switch (activation) {
      case NONE -> sum;
      case RELU -> add(node("Relu"), name + ".relu", sum);
      case SCALED_TANH -> {
        onnx.addInitializer(OnnxTensors.scalar(name + ".inner", 2f / 3f));
        onnx.addInitializer(OnnxTensors.scalar(name + ".outer", 1.7159f));
        String inside = add(node("Mul"), name + ".inside", sum, name + ".inner");
        String tanh = add(node("Tanh"), name + ".tanh", inside);
        yield add(node("Mul"), name + ".activation", tanh, name + ".outer");
      }
    };
  }

  /** Minus the squared distance to each code. */
  private String rbf(String name, Layer.Rbf layer, String in) {
    int length = layer.codes().get(0).size();
    List<Float> codes = new ArrayList<>();
    layer.codes().forEach(code -> code.forEach(place -> codes.add((float) place)));
    onnx.addInitializer(
        OnnxTensors.constant(name + ".codes", List.of(layer.codes().size(), length), codes));
    onnx.addInitializer(OnnxTensors.indices(name + ".row", -1, 1, length));
    onnx.addInitializer(OnnxTensors.indices(name + ".axis", 2));
    String row = add(node("Reshape"), name + ".input", in, name + ".row");
    String apart = add(node("Sub"), name + ".apart", row, name + ".codes");
    String squares = add(node("Mul"), name + ".squares", apart, apart);
    NodeProto.Builder sum = node("ReduceSum").addAttribute(number("keepdims", 0));
    return add(node("Neg"), name, add(sum, name + ".distances", squares, name + ".axis"));
  }

  private void softmax(String in) {
    add(node("Identity"), LOGITS, in);
    add(node("Softmax").addAttribute(number("axis", 1)), PROBABILITIES, LOGITS);
  }

  private String add(NodeProto.Builder node, String output, String... inputs) {
    onnx.addNode(node.setName(output).addAllInput(List.of(inputs)).addOutput(output));
    return output;
  }

  private static NodeProto.Builder node(String operator) {
    return NodeProto.newBuilder().setOpType(operator);
  }

  private static NodeProto.Builder window(String operator, Window window) {
    return node(operator)
        .addAttribute(numbers("kernel_shape", window.kernel(), 2))
        .addAttribute(numbers("strides", window.stride(), 2))
        .addAttribute(numbers("pads", window.padding(), 4));
  }

  private static AttributeProto.Builder number(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value);
  }

  private static AttributeProto.Builder real(String name, double value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF((float) value);
  }

  private static AttributeProto.Builder numbers(String name, long value, int times) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (int i = 0; i < times; i++) {
      attribute.addInts(value);
    }

    return attribute;
  }

  private static ValueInfoProto value(String name, List<Integer> shape) {
    TensorShapeProto.Builder dimensions =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
    shape.forEach(
        size -> dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size)));
    TypeProto.Tensor.Builder type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT_VALUE)
            .setShape(dimensions);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }
}
