package convoy.zoo.graph;

import java.util.List;

/**
 * Convolves NCHW planes with square kernels. The weights have the shape [outputChannels,
 * inputChannels / groups, kernel, kernel]. The output size is rounded down.
 *
 * @param connections the input channels that each output channel sees, or null if it sees all of
 *     them; LeNet-5's C3 has such a table. With a table the weights hold only the connected planes:
 *     [planes, 1, kernel, kernel], in order of output channel, then of input channel.
 */
public record Convolution(
    int outputChannels,
    int kernel,
    int stride,
    int padding,
    int groups,
    List<List<Integer>> connections,
    Weights weights,
    Activation activation)
    implements Layer {

  public Convolution {
    if (outputChannels < 1 || groups < 1 || outputChannels % groups != 0) {
      throw new IllegalArgumentException(
          outputChannels + " output channels do not divide into " + groups + " groups");
    }
    connections = connections == null ? null : connections.stream().map(List::copyOf).toList();
    if (connections != null && (connections.size() != outputChannels || groups != 1)) {
      throw new IllegalArgumentException(
          "a connection table of %d rows for %d output channels in %d groups"
              .formatted(connections.size(), outputChannels, groups));
    }
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.convolution(this);
  }

  @Override
  public String kind() {
    return "convolution";
  }

  @Override
  public Window window() {
    return new Window(kernel, stride, padding, false);
  }

  @Override
  public boolean hasBias() {
    return weights.hasBias();
  }

  @Override
  public Shape output(List<Shape> inputs) {
    int channels = inputs.get(0).channels();
    if (channels % groups != 0) {
      throw new IllegalArgumentException(
          channels + " input channels do not divide into " + groups + " groups");
    }
    if (connections != null) {
      ConnectionTable.check(connections, channels);
    }
    return window().over(inputs.get(0), outputChannels);
  }

  @Override
  public List<Parameter> parameters(String name, Shape input) {
    int area = kernel * kernel;
    int fanOut = outputChannels / groups * area;
    if (connections != null) {
      return Tensors.of(
          name,
          List.of(ConnectionTable.planes(connections), 1, kernel, kernel),
          ConnectionTable.fanIns(connections, area),
          fanOut,
          this.outputChannels,
          weights);
    }

    int seen = input.channels() / groups;
    return Tensors.of(
        name,
        List.of(outputChannels, seen, kernel, kernel),
        List.of(Math.multiplyExact(seen, area)),
        fanOut,
        outputChannels,
        weights);
  }

  @Override
  public long multiplyAdds(Shape input, Shape output) {
    long planes =
        connections != null
            ? ConnectionTable.planes(connections)
            : (long) outputChannels * (input.channels() / groups);
    return planes * kernel * kernel * output.height() * output.width();
  }
}
