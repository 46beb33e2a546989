package convoy.zoo.reference;

/** Multiplies by a matrix [outputs, inputs] and adds a bias. */
final class FullyConnectedLoops implements Computation {
  private final Tensor input;
  private final Tensor output;
  private final Values weight;
  private final Values bias;

  FullyConnectedLoops(Tensor input, Tensor output, Values weight, Values bias) {
    this.input = input;
    this.output = output;
    this.weight = weight;
    this.bias = bias;
  }

  @Override
  public void forward() {
    int inputs = input.shape().size();
    int outputs = output.shape().size();
    for (int o = 0; o < outputs; o++) {
      for (int picture = 0; picture < input.batch(); picture++) {
        double sum = bias.of(o);
        for (int i = 0; i < inputs; i++) {
          sum += weight.of(o * inputs + i) * input.values()[picture * inputs + i];
        }

        output.values()[picture * outputs + o] = sum;
      }
    }
  }

  @Override
  public void backward() {
    int inputs = input.shape().size();
    int outputs = output.shape().size();
    for (int o = 0; o < outputs; o++) {
      for (int picture = 0; picture < input.batch(); picture++) {
        double gradient = output.gradient()[picture * outputs + o];
        bias.learn(o, gradient);
        for (int i = 0; i < inputs; i++) {
          weight.learn(o * inputs + i, gradient * input.values()[picture * inputs + i]);
          input.gradient()[picture * inputs + i] += gradient * weight.of(o * inputs + i);
        }
      }
    }
  }
}
