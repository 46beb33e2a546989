package convoy.zoo.engine;

import convoy.zoo.graph.Activation;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Layer;
import convoy.zoo.graph.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every layer word as plain loops in double, straight from its definition: slow, and easy to check
 * by eye. Dropout passes.
 */
final class Reference {
  private final Graph graph;
  private final Map<String, Integer> offsets = new HashMap<>();
  private final double[] parameters;
  private final Set<String> frozen;
  private final Map<String, double[]> measured = new HashMap<>();

  Reference(Graph graph, ParameterLayout layout, double[] parameters, Set<String> frozen) {
    this.graph = graph;
    this.frozen = frozen;
    layout.tensors().forEach(tensor -> offsets.put(tensor.name(), tensor.offset()));
    this.parameters = parameters;
  }

  /** The output layer's class probabilities of each picture, in inference. */
  double[][] probabilities(double[][] pictures) {
    double[][] last = inputsOfOutputs(pictures, false).get(graph.output().name());
    return Arrays.stream(last).map(scores -> softmax(scores(scores))).toArray(double[][]::new);
  }

  /** The sum of the pictures' losses in training: of the output and, weighted, of the heads. */
  double objective(double[][] pictures, int[] labels) {
    Map<String, double[][]> inputs = inputsOfOutputs(pictures, true);
    double sum = loss(inputs, labels);
    for (Graph.Head head : graph.heads()) {
      for (int i = 0; i < pictures.length; i++) {
        sum -= head.weight() * Math.log(softmax(inputs.get(head.output())[i])[labels[i]]);
      }
    }

    return sum;
  }

  /** The sum of the pictures' losses at the output in training. */
  double loss(double[][] pictures, int[] labels) {
    return loss(inputsOfOutputs(pictures, true), labels);
  }

  private double loss(Map<String, double[][]> inputs, int[] labels) {
    double[][] last = inputs.get(graph.output().name());
    double sum = 0;
    for (int i = 0; i < last.length; i++) {
      sum += loss(last[i], labels[i]);
    }

    return sum;
  }

  private double loss(double[] last, int label) {
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

  private double[] scores(double[] last) {
    return graph.output().layer() instanceof Layer.Rbf rbf
        ? Arrays.stream(distances(rbf, last)).map(distance -> -distance).toArray()
        : last;
  }

  /** The running statistics by tensor name, one training pass later. */
  Map<String, double[]> statisticsAfter(double[][] pictures) {
    measured.clear();
    inputsOfOutputs(pictures, true);
    return Map.copyOf(measured);
  }

  /** What goes into the last layer of the network and of each auxiliary classifier, by name. */
  private Map<String, double[][]> inputsOfOutputs(double[][] pictures, boolean training) {
    Map<String, double[][]> values = new HashMap<>();
    Map<String, double[][]> last = new HashMap<>();
    Map<String, Shape> shapes = new HashMap<>();
    values.put(Graph.INPUT, pictures);
    shapes.put(Graph.INPUT, graph.input());
    for (Graph.Node node : graph.nodes()) {
      List<double[][]> inputs = node.inputs().stream().map(values::get).toList();
      Shape in = shapes.get(node.inputs().get(0));
      if (node.layer() instanceof Layer.Softmax || node.layer() instanceof Layer.Rbf) {
        last.put(node.name(), inputs.get(0));
        continue;
      }

      double[][] result = new double[pictures.length][];
      for (int i = 0; i < result.length; i++) {
        int picture = i;
        result[i] = forward(node, inputs.stream().map(batch -> batch[picture]).toList(), in);
      }

      if (node.layer() instanceof Layer.BatchNormalization layer) {
        normalize(node.name(), layer, result, in, training && !frozen.contains(node.name()));
      }

      values.put(node.name(), result);
      shapes.put(node.name(), node.output());
    }

    return last;
  }

  /** In place, all pictures together. */
  private void normalize(
      String name,
      Layer.BatchNormalization layer,
      double[][] batch,
      Shape in,
      boolean ofMinibatch) {
    int area = in.height() * in.width();
    for (int c = 0; c < in.channels(); c++) {
      double mean = parameter(name + ".running_mean", c);
      double variance = parameter(name + ".running_var", c);
      if (ofMinibatch) {
        double[] channel = channel(batch, c, area);
        double measuredMean = Arrays.stream(channel).average().orElseThrow();
        double squares = Arrays.stream(channel).map(x -> Math.pow(x - measuredMean, 2)).sum();
        double unbiased = squares / (channel.length - 1);
        put(name + ".running_mean", in.channels(), c, layer.momentum(), mean, measuredMean);
        put(name + ".running_var", in.channels(), c, layer.momentum(), variance, unbiased);
        mean = measuredMean;
        variance = squares / channel.length;
      }

      for (double[] picture : batch) {
        for (int i = c * area; i < (c + 1) * area; i++) {
          double normalized = (picture[i] - mean) / Math.sqrt(variance + layer.epsilon());
          double moved = normalized * parameter(name + ".weight", c) + parameter(name + ".bias", c);
          picture[i] = activate(layer.activation(), moved);
        }
      }
    }
  }

  private static double[] channel(double[][] batch, int channel, int area) {
    return Arrays.stream(batch)
        .flatMapToDouble(picture -> Arrays.stream(picture, channel * area, (channel + 1) * area))
        .toArray();
  }

  private void put(String name, int size, int at, double momentum, double old, double now) {
    measured.computeIfAbsent(name, unseen -> new double[size])[at] =
        (1 - momentum) * old + momentum * now;
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
    } else if (layer instanceof Layer.BatchNormalization) {
      return x.clone(); // Then all pictures together.
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
