package convoy.zoo.graph;

/**
 * Gives one answer for every kind of layer whose method isn't overridden. It is meant for questions
 * where a new kind most likely behaves like all others, such as whether a layer is a softmax. Code
 * that must handle each kind implements {@link Layer.Visitor} directly.
 */
public abstract class UsualAnswer<R> implements Layer.Visitor<R> {
  private final R usual;

  protected UsualAnswer(R usual) {
    this.usual = usual;
  }

  @Override
  public R convolution(Convolution layer) {
    return usual;
  }

  @Override
  public R fullyConnected(FullyConnected layer) {
    return usual;
  }

  @Override
  public R pooling(Pooling layer) {
    return usual;
  }

  @Override
  public R subsampling(Subsampling layer) {
    return usual;
  }

  @Override
  public R localResponseNormalization(LocalResponseNormalization layer) {
    return usual;
  }

  @Override
  public R batchNormalization(BatchNormalization layer) {
    return usual;
  }

  @Override
  public R dropout(Dropout layer) {
    return usual;
  }

  @Override
  public R concatenation(Concatenation layer) {
    return usual;
  }

  @Override
  public R addition(Addition layer) {
    return usual;
  }

  @Override
  public R softmax(Softmax layer) {
    return usual;
  }

  @Override
  public R rbf(Rbf layer) {
    return usual;
  }
}
