package convoy.zoo.graph;

import java.util.List;

/**
 * Batch normalization of each channel, then the activation (Ioffe and Szegedy 2015, algorithm 1):
 * scale * (x - mean) / sqrt(variance + epsilon) + shift. Training takes mean and biased variance
 * from the minibatch and moves the running ones towards them, the variance unbiased, by {@code
 * momentum} (torch's convention); inference takes the running ones.
 */
public record BatchNormalization(double epsilon, double momentum, Activation activation)
    implements Layer {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.batchNormalization(this);
  }

  @Override
  public String kind() {
    return "batchNormalization";
  }

  @Override
  public boolean hasBias() {
    return true;
  }

  @Override
  public List<Parameter> parameters(String name, Shape input) {
    return Tensors.ofBatchNormalization(name, input.channels());
  }
}
