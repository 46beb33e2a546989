package convoy.zoo.graph;

import java.util.List;

/**
 * Normalizes each channel over the minibatch, then applies the activation (Ioffe and Szegedy 2015,
 * algorithm 1): scale * (x - mean) / sqrt(variance + epsilon) + shift. Training uses the mean and
 * the biased variance of the minibatch. It also moves the running mean and the running variance
 * towards those of the minibatch by the fraction {@code momentum} (torch's convention); the
 * variance is unbiased there. Inference uses the running statistics.
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
