package convoy.zoo.graph;

/**
 * Local response normalization across channels: x / (k + alpha * sum of squares over {@code size}
 * channels)^beta (Krizhevsky et al. 2012, section 3.3). Alpha is not divided by the size: Caffe's
 * alpha equals this alpha times {@code size}.
 */
public record LocalResponseNormalization(int size, double k, double alpha, double beta)
    implements Layer {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.localResponseNormalization(this);
  }

  @Override
  public String kind() {
    return "localResponseNormalization";
  }
}
