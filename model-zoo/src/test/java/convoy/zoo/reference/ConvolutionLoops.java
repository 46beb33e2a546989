package convoy.zoo.reference;

import convoy.zoo.graph.Convolution;

/** Sums over the connected channels and the places of the window. */
final class ConvolutionLoops implements Computation {
  private final Convolution layer;
  private final Tensor input;
  private final Tensor output;
  private final Values weight;
  private final Values bias;

  /**
   * @param bias null for a convolution without biases
   */
  ConvolutionLoops(Convolution layer, Tensor input, Tensor output, Values weight, Values bias) {
    this.layer = layer;
    this.input = input;
    this.output = output;
    this.weight = weight;
    this.bias = bias;
  }

  /**
   * Works on a plane of the input, a plane of the output that sees it, and the kernel between them.
   */
  private interface Planes {
    void take(int from, int into, int kernel);
  }

  @Override
  public void forward() {
    eachOutput(
        (plane, channel) -> {
          for (int i = 0; i < output.area(); i++) {
            output.values()[plane + i] = bias == null ? 0 : bias.of(channel);
          }
        });
    eachPair(
        (from, into, kernel) ->
            eachRow(
                (x, y, count, place) -> {
                  double w = weight.of(kernel + place);
                  for (int i = 0; i < count; i++) {
                    output.values()[into + y + i] +=
                        w * input.values()[from + x + i * layer.stride()];
                  }
                }));
  }

  @Override
  public void backward() {
    eachOutput(
        (plane, channel) -> {
          double sum = 0;
          for (int i = 0; i < output.area(); i++) {
            sum += output.gradient()[plane + i];
          }

          if (bias != null) {
            bias.learn(channel, sum);
          }
        });
    eachPair(
        (from, into, kernel) ->
            eachRow(
                (x, y, count, place) -> {
                  double w = weight.of(kernel + place);
                  double sum = 0;
                  for (int i = 0; i < count; i++) {
                    double gradient = output.gradient()[into + y + i];
                    int at = from + x + i * layer.stride();
                    sum += gradient * input.values()[at];
                    input.gradient()[at] += gradient * w;
                  }

                  weight.learn(kernel + place, sum);
                }));
  }

  private interface Plane {
    void take(int plane, int channel);
  }

  private void eachOutput(Plane work) {
    for (int picture = 0; picture < output.batch(); picture++) {
      for (int channel = 0; channel < output.shape().channels(); channel++) {
        work.take(output.plane(picture, channel), channel);
      }
    }
  }

  private void eachPair(Planes work) {
    int area = layer.kernel() * layer.kernel();
    for (int picture = 0; picture < output.batch(); picture++) {
      int kernels = 0;
      for (int o = 0; o < output.shape().channels(); o++) {
        for (int c = 0; c < input.shape().channels(); c++) {
          if (seen(o, c)) {
            work.take(input.plane(picture, c), output.plane(picture, o), kernels * area);
            kernels++;
          }
        }
      }
    }
  }

  private boolean seen(int o, int c) {
    return layer.connections() != null
        ? layer.connections().get(o).contains(c)
        : o * layer.groups() / output.shape().channels()
            == c * layer.groups() / input.shape().channels();
  }

  /** Works on a row of the output and the input places that one weight meets for it. */
  private interface Row {
    void take(int x, int y, int count, int place);
  }

  /** Visits all rows inside the picture, for each place of the kernel. */
  private void eachRow(Row work) {
    int width = input.shape().width();
    int outputs = output.shape().width();
    for (int u = 0; u < layer.kernel(); u++) {
      for (int v = 0; v < layer.kernel(); v++) {
        int left = first(v);
        int count = end(v, width, outputs) - left;
        int bottom = end(u, input.shape().height(), output.shape().height());
        for (int y = first(u); y < bottom && count > 0; y++) {
          int row = y * layer.stride() - layer.padding() + u;
          int column = left * layer.stride() - layer.padding() + v;
          work.take(row * width + column, y * outputs + left, count, u * layer.kernel() + v);
        }
      }
    }
  }

  /** Returns the first window whose place {@code place} lies inside the picture. */
  private int first(int place) {
    return Math.max(0, -Math.floorDiv(place - layer.padding(), layer.stride()));
  }

  private int end(int place, int size, int windows) {
    return Math.min(windows, Math.floorDiv(size - 1 + layer.padding() - place, layer.stride()) + 1);
  }
}
