package convoy.zoo.dl4j;

import convoy.zoo.graph.Layer;

/**
 * Local response normalization across channels in plain loops, one picture at a time: ND4J's
 * backward operation takes longer than a convolution.
 */
final class LocalResponseNormalizationStep implements Step {
  private final Tensor input;
  private final Tensor output;
  private final ChannelNormalization normalization;
  // What the forward pass divides by, kept for the backward pass.
  private final Floats scales;

  LocalResponseNormalizationStep(
      Layer.LocalResponseNormalization layer, Tensor input, Tensor output, int batch) {
    this.input = input;
    this.output = output;
    int channels = input.shape().channels();
    this.normalization = new ChannelNormalization(layer, channels, input.shape().size() / channels);
    this.scales = input.differentiable() ? Floats.zeros(batch * input.shape().size()) : null;
  }

  @Override
  public void forward(int size, Mode mode) {
    float[] x = new float[input.shape().size()];
    float[] scale = new float[x.length];
    for (int picture = 0; picture < size; picture++) {
      input.values().get(picture * x.length, x);
      normalization.forward(x, scale);
      output.values().put(picture * x.length, x);
      if (scales != null) {
        scales.buffer().put(picture * x.length, scale);
      }
    }
  }

  @Override
  public void backward(int size) {
    if (!input.differentiable()) {
      return;
    }

    float[] x = new float[input.shape().size()];
    float[] y = new float[x.length];
    float[] scale = new float[x.length];
    float[] gradient = new float[x.length];
    for (int picture = 0; picture < size; picture++) {
      input.values().get(picture * x.length, x);
      output.values().get(picture * x.length, y);
      output.gradient().get(picture * x.length, gradient);
      scales.buffer().get(picture * x.length, scale);
      normalization.backward(x, y, scale, gradient);
      input.gradient().put(picture * x.length, gradient);
    }
  }

  @Override
  public void close() {
    if (scales != null) {
      scales.close();
    }
  }
}
