package convoy.zoo.format;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.graph.Addition;
import convoy.zoo.graph.BatchNormalization;
import convoy.zoo.graph.Concatenation;
import convoy.zoo.graph.Convolution;
import convoy.zoo.graph.Dropout;
import convoy.zoo.graph.FullyConnected;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Layer;
import convoy.zoo.graph.LocalResponseNormalization;
import convoy.zoo.graph.Parameter;
import convoy.zoo.graph.Pooling;
import convoy.zoo.graph.Rbf;
import convoy.zoo.graph.Softmax;
import convoy.zoo.graph.Subsampling;
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
 * Writes a network for inference in ONNX with operator set 13. The input {@code images} has the
 * shape [batch, channels, height, width], and the values are those that the network takes. The
 * outputs {@code probabilities} and {@code logits} have the shape [batch, classes]. The batch size
 * is free. Dropout is left out.
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

  /** Maps each node of the graph to the ONNX value that holds its output. */
  private final Map<String, String> values = new HashMap<>(Map.of(Graph.INPUT, INPUT));

  private OnnxModel(Graph graph, OnnxTensors tensors) {
    this.graph = graph;
    this.tensors = tensors;
  }

  /**
   * Writes a network. The stream stays open.
   *
   * @param layout of the parameters, as a network for inference has it
   * @param metadata further entries that a user of the file needs, by name
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
    List<String> inputs = node.inputs().stream().map(values::get).toList();
    values.put(node.name(), node.layer().accept(new Translation(node, inputs)));
  }

  /**
   * Writes each kind of layer as nodes of ONNX. Each method returns the name of the value they
   * compute.
   */
  private final class Translation implements Layer.Visitor<String> {
    private final Graph.Node node;
    private final String name;
    private final List<String> inputs;
    private final String in;
    private final String weight;
    private final String bias;

    Translation(Graph.Node node, List<String> inputs) {
      this.node = node;
      this.name = node.name();
      this.inputs = inputs;
      this.in = inputs.get(0);
      this.weight = Parameter.weight(name);
      this.bias = Parameter.bias(name);
    }

    @Override
    public String convolution(Convolution layer) {
      onnx.addInitializer(
          layer.connections() == null
              ? tensors.named(weight)
              : tensors.connected(weight, layer, channels(node.inputs().get(0))));
      List<String> operands = new ArrayList<>(List.of(in, weight));
      if (layer.hasBias()) {
        onnx.addInitializer(tensors.named(bias));
        operands.add(bias);
      }

      NodeProto.Builder convolution =
          window("Conv", layer.window()).addAttribute(number("group", layer.groups()));
      return activated(layer, add(convolution, name, operands.toArray(String[]::new)));
    }

    @Override
    public String fullyConnected(FullyConnected layer) {
      onnx.addInitializer(tensors.named(weight));
      onnx.addInitializer(tensors.named(bias));
      String flat = add(node("Flatten"), name + ".flat", in);
      NodeProto.Builder product = node("Gemm").addAttribute(number("transB", 1));
      return activated(layer, add(product, name, flat, weight, bias));
    }

    @Override
    public String pooling(Pooling layer) {
      boolean max = layer.mode() == Pooling.Mode.MAX;
      NodeProto.Builder pool = window(max ? "MaxPool" : "AveragePool", layer.window());
      return add(pool.addAttribute(number("ceil_mode", layer.ceil() ? 1 : 0)), name, in);
    }

    /** The sum of a window is computed as its mean times its area. */
    @Override
    public String subsampling(Subsampling layer) {
      onnx.addInitializer(tensors.aChannel(weight, layer.kernel() * layer.kernel()));
      onnx.addInitializer(tensors.aChannel(bias, 1));
      String mean = add(window("AveragePool", layer.window()), name + ".mean", in);
      String scaled = add(node("Mul"), name + ".scaled", mean, weight);
      return activated(layer, add(node("Add"), name, scaled, bias));
    }

    /** ONNX divides alpha by the size, as Caffe does. */
    @Override
    public String localResponseNormalization(LocalResponseNormalization layer) {
      NodeProto.Builder normalization =
          node("LRN")
              .addAttribute(number("size", layer.size()))
              .addAttribute(real("alpha", layer.alpha() * layer.size()))
              .addAttribute(real("beta", layer.beta()))
              .addAttribute(real("bias", layer.k()));
      return add(normalization, name, in);
    }

    @Override
    public String batchNormalization(BatchNormalization layer) {
      List<String> operands = new ArrayList<>(List.of(in));
      for (Parameter parameter : node.parameters()) { // ONNX has the same order.
        onnx.addInitializer(tensors.named(parameter.name()));
        operands.add(parameter.name());
      }

      NodeProto.Builder normalization =
          node("BatchNormalization").addAttribute(real("epsilon", layer.epsilon()));
      return activated(layer, add(normalization, name, operands.toArray(String[]::new)));
    }

    @Override
    public String dropout(Dropout layer) {
      return in;
    }

    @Override
    public String concatenation(Concatenation layer) {
      NodeProto.Builder concatenation = node("Concat").addAttribute(number("axis", 1));
      return add(concatenation, name, inputs.toArray(String[]::new));
    }

    /** ONNX adds two inputs at a time. */
    @Override
    public String addition(Addition layer) {
      String sum = in;
      for (int i = 1; i < inputs.size(); i++) {
        String place = i == inputs.size() - 1 ? name : name + ".first" + (i + 1);
        sum = add(node("Add"), place, sum, inputs.get(i));
      }

      return activated(layer, sum);
    }

    @Override
    public String softmax(Softmax layer) {
      return probabilities(in);
    }

    /** The result is minus the squared distance to each code. */
    @Override
    public String rbf(Rbf layer) {
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
      String distances = add(sum, name + ".distances", squares, name + ".axis");
      return probabilities(add(node("Neg"), name, distances));
    }

    private String activated(Layer layer, String sum) {
      return switch (layer.activation()) {
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

    /** The last layer may be a pooling, whose values have a height and a width of 1. */
    private String probabilities(String logits) {
      add(node("Flatten"), LOGITS, logits);
      return add(node("Softmax").addAttribute(number("axis", 1)), PROBABILITIES, LOGITS);
    }
  }

  private int channels(String input) {
    return graph.nodes().stream()
        .filter(node -> node.name().equals(input))
        .map(node -> node.output().channels())
        .findFirst()
        .orElse(graph.input().channels());
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
