package convoy.zoo.reference;

/** Multiplies the sum of a window by the channel's coefficient and adds its bias. */
final class SubsamplingLoops implements Computation {
  private final int kernel;
  private final Tensor input;
  private final Tensor output;
  private final Values weight;
  private final Values bias;

  SubsamplingLoops(int kernel, Tensor input, Tensor output, Values weight, Values bias) {
    this.kernel = kernel;
    this.input = input;
    this.output = output;
    this.weight = weight;
    this.bias = bias;
  }

  @Override
  public void forward() {
    for (int i = 0; i < output.values().length; i++) {
      output.values()[i] = sum(i) * weight.of(channel(i)) + bias.of(channel(i));
    }
  }

  @Override
  public void backward() {
    for (int i = 0; i < output.values().length; i++) {
      double gradient = output.gradient()[i];
      weight.learn(channel(i), gradient * sum(i));
      bias.learn(channel(i), gradient);
      for (int place = 0; place < kernel * kernel; place++) {
        input.gradient()[at(i, place)] += gradient * weight.of(channel(i));
      }
    }
  }

  private int channel(int result) {
    return result / output.area() % output.shape().channels();
  }

  private double sum(int result) {
    double sum = 0;
    for (int place = 0; place < kernel * kernel; place++) {
      sum += input.values()[at(result, place)];
    }

    return sum;
  }

  private int at(int result, int place) {
    int row = result % output.area() / output.shape().width() * kernel + place / kernel;
    int column = result % output.shape().width() * kernel + place % kernel;
    return result / output.area() * input.area() + row * input.shape().width() + column;
  }
}
