package convoy.zoo.loops;

import convoy.zoo.graph.LocalResponseNormalization;

/**
 * Local response normalization across channels in plain loops. ND4J's own backward operation takes
 * longer than a convolution.
 */
public final class LocalResponseNormalizationStep implements Step {
  private final PlainTensor input;
  private final PlainTensor output;
  private final ChannelNormalization normalization;

  public LocalResponseNormalizationStep(
      LocalResponseNormalization layer, PlainTensor input, PlainTensor output) {
    this.input = input;
    this.output = output;
    int channels = input.shape().channels();
    this.normalization = new ChannelNormalization(layer, channels, input.shape().size() / channels);
  }

  @Override
  public void forward(int size, Mode mode) {
    normalization.forward(input.values(), output.values(), size);
  }

  @Override
  public void backward(int size) {
    if (input.differentiable()) {
      normalization.backward(input.values(), output.gradient(), input.gradient(), size);
    }
  }
}
