package convoy.zoo.engine;

import convoy.zoo.graph.Activation;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Layer;
import convoy.zoo.graph.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every layer word as plain loops in double, straight from its definition: slow, and easy to check
 * by eye. One picture at a time; dropout passes.
 */
final class Reference {
  private final Graph graph;
  private final Map<String, Integer> offsets = new HashMap<>();
  private final double[] parameters;

  Reference(Graph graph, ParameterLayout layout, double[] parameters) {
    this.graph = graph;
    layout.tensors().forEach(tensor -> offsets.put(tensor.name(), tensor.offset()));
    this.parameters = parameters;
  }

  /** The output layer's class probabilities. */
  double[] probabilities(double[] picture) {
    double[] last = inputOfOutput(picture);
    if (graph.output().layer() instanceof Layer.Rbf rbf) {
      double[] scores = distances(rbf, last);
      for (int i = 0; i < scores.length; i++) {
        scores[i] = -scores[i];
      }

      return softmax(scores);
    }

    return softmax(last);
  }

  /** The loss of the output and, weighted, those of the auxiliary classifiers. */
  double objective(double[] picture, int label) {
    double sum = loss(picture, label);
    Map<String, double[]> inputs = inputsOfOutputs(picture);
    for (Graph.Head head : graph.heads()) {
      sum -= head.weight() * Math.log(softmax(inputs.get(head.output()))[label]);
    }

    return sum;
  }

  double loss(double[] picture, int label) {
    double[] last = inputOfOutput(picture);
    if (graph.output().layer() instanceof Layer.Rbf rbf) {
      double[] distances = distances(rbf, last);
      double rivals = Math.exp(-rbf.j());
      for (double distance : distances) {
        rivals += Math.exp(-distance);
      }

      return distances[label] + Math.log(rivals);
    }

    return -Math.log(softmax(last)[label]);
  }

  private double[] inputOfOutput(double[] picture) {
    return inputsOfOutputs(picture).get(graph.output().name());
  }

  /** What goes into the last layer of the network and of each auxiliary classifier, by name. */
  private Map<String, double[]> inputsOfOutputs(double[] picture) {
    Map<String, double[]> values = new HashMap<>();
    Map<String, double[]> last = new HashMap<>();
    Map<String, Shape> shapes = new HashMap<>();
    values.put(Graph.INPUT, picture);
    shapes.put(Graph.INPUT, graph.input());
    for (Graph.Node node : graph.nodes()) {
      List<double[]> inputs = node.inputs().stream().map(values::get).toList();
      if (node.layer() instanceof Layer.Softmax || node.layer() instanceof Layer.Rbf) {
        last.put(node.name(), inputs.get(0));
        continue;
      }

      values.put(node.name(), forward(node, inputs, shapes.get(node.inputs().get(0))));
      shapes.put(node.name(), node.output());
    }

    return last;
  }

  private double[] forward(Graph.Node node, List<double[]> inputs, Shape in) {
    double[] x = inputs.get(0);
    Layer layer = node.layer();
    if (layer instanceof Layer.Convolution convolution) {
      return convolution(node, convolution, x, in);
    } else if (layer instanceof Layer.Pooling pooling) {
      return pooling(pooling, x, in, node.output());
    } else if (layer instanceof Layer.Subsampling subsampling) {
      return subsampling(node, subsampling, x, in);
    } else if (layer instanceof Layer.LocalResponseNormalization normalization) {
      return normalization(normalization, x, in);
    } else if (layer instanceof Layer.FullyConnected dense) {
      return fullyConnected(node, dense, x);
    } else if (layer instanceof Layer.Dropout) {
      return x;
    } else if (layer instanceof Layer.Concatenation) {
      return inputs.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    throw new IllegalArgumentException("no reference for " + layer.kind());
  }

  private double parameter(String name, int index) {
    return parameters[offsets.get(name) + index];
  }

  private double[] convolution(Graph.Node node, Layer.Convolution layer, double[] x, Shape in) {
    Shape out = node.output();
    double[] result = new double[out.size()];
    int area = layer.kernel() * layer.kernel();
    int plane = 0;
    for (int o = 0; o < out.channels(); o++) {
      for (int c = 0; c < in.channels(); c++) {
        boolean seen =
            layer.connections() != null
                ? layer.connections().get(o).contains(c)
                : o * layer.groups() / out.channels() == c * layer.groups() / in.channels();
        if (seen) {
          correlate(node.name(), layer, x, in, c, result, out, o, plane * area);
          plane++;
        }
      }

      for (int i = 0; i < out.height() * out.width(); i++) {
        int at = o * out.height() * out.width() + i;
        result[at] = activate(layer.activation(), result[at] + parameter(node.name() + ".bias", o));
      }
    }

    return result;
  }

  private void correlate(
      String name,
      Layer.Convolution layer,
      double[] x,
      Shape in,
      int c,
      double[] result,
      Shape out,
      int o,
      int weight) {
    int first = offsets.get(name + ".weight") + weight;
    for (int y = 0; y < out.height(); y++) {
      for (int z = 0; z < out.width(); z++) {
        for (int u = 0; u < layer.kernel(); u++) {
          for (int v = 0; v < layer.kernel(); v++) {
            int row = y * layer.stride() - layer.padding() + u;
            int column = z * layer.stride() - layer.padding() + v;
            if (row >= 0 && row < in.height() && column >= 0 && column < in.width()) {
              result[(o * out.height() + y) * out.width() + z] +=
                  parameters[first + u * layer.kernel() + v]
                      * x[(c * in.height() + row) * in.width() + column];
            }
          }
        }
      }
    }
  }

  private static double[] pooling(Layer.Pooling layer, double[] x, Shape in, Shape out) {
    double[] result = new double[out.size()];
    for (int i = 0; i < result.length; i++) {
      int c = i / (out.height() * out.width());
      int top = i / out.width() % out.height() * layer.stride() - layer.padding();
      int left = i % out.width() * layer.stride() - layer.padding();
      double most = Double.NEGATIVE_INFINITY;
      double sum = 0;
      int count = 0;
      for (int row = Math.max(0, top); row < Math.min(in.height(), top + layer.kernel()); row++) {
        for (int z = Math.max(0, left); z < Math.min(in.width(), left + layer.kernel()); z++) {
          double value = x[(c * in.height() + row) * in.width() + z];
          most = Math.max(most, value);
          sum += value;
          count++;
        }
      }

      result[i] = layer.mode() == Layer.Pooling.Mode.MAX ? most : sum / count;
    }

    return result;
  }

  private double[] subsampling(Graph.Node node, Layer.Subsampling layer, double[] x, Shape in) {
    Shape out = node.output();
    double[] result = new double[out.size()];
    int kernel = layer.kernel();
    for (int i = 0; i < result.length; i++) {
      int c = i / (out.height() * out.width());
      int top = i / out.width() % out.height() * kernel;
      int left = i % out.width() * kernel;
      double sum = 0;
      for (int u = 0; u < kernel * kernel; u++) {
        sum += x[(c * in.height() + top + u / kernel) * in.width() + left + u % kernel];
      }

      result[i] =
          activate(
              layer.activation(),
              sum * parameter(node.name() + ".weight", c) + parameter(node.name() + ".bias", c));
    }

    return result;
  }

  private static double[] normalization(
      Layer.LocalResponseNormalization layer, double[] x, Shape in) {
    int area = in.height() * in.width();
    double[] result = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int channel = i / area;
      double sum = 0;
      for (int other = 0; other < in.channels(); other++) {
        if (Math.abs(other - channel) <= layer.size() / 2) {
          sum += Math.pow(x[other * area + i % area], 2);
        }
      }

      result[i] = x[i] / Math.pow(layer.k() + layer.alpha() * sum, layer.beta());
    }

    return result;
  }

  private double[] fullyConnected(Graph.Node node, Layer.FullyConnected layer, double[] x) {
    double[] result = new double[layer.outputs()];
    int first = offsets.get(node.name() + ".weight");
    for (int o = 0; o < result.length; o++) {
      double sum = parameter(node.name() + ".bias", o);
      for (int i = 0; i < x.length; i++) {
        sum += parameters[first + o * x.length + i] * x[i];
      }

      result[o] = activate(layer.activation(), sum);
    }

    return result;
  }

  private static double activate(Activation activation, double sum) {
    return switch (activation) {
      case NONE -> sum;
      case RELU -> Math.max(0, sum);
      case SCALED_TANH -> 1.7159 * Math.tanh(2.0 / 3 * sum);
    };
  }

  private static double[] softmax(double[] scores) {
    double most = Arrays.stream(scores).max().orElseThrow();
    double[] result = Arrays.stream(scores).map(s -> Math.exp(s - most)).toArray();
    double sum = Arrays.stream(result).sum();
    return Arrays.stream(result).map(value -> value / sum).toArray();
  }

  private static double[] distances(Layer.Rbf layer, double[] x) {
    double[] result = new double[layer.codes().size()];
    for (int code = 0; code < result.length; code++) {
      for (int i = 0; i < x.length; i++) {
        result[code] += Math.pow(x[i] - layer.codes().get(code).get(i), 2);
      }
    }

    return result;
  }
}
