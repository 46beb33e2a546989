package convoy.zoo.reference;

import convoy.zoo.graph.Shape;

/** What a layer gives for a minibatch, NCHW, and the loss's gradient with respect to it. */
@SuppressWarnings("ArrayRecordComponent")
record Tensor(int batch, Shape shape, double[] values, double[] gradient) {

  static Tensor zeros(int batch, Shape shape) {
    int length = batch * shape.size();
    return new Tensor(batch, shape, new double[length], new double[length]);
  }

  /** Places of one channel. */
  int area() {
    return shape.height() * shape.width();
  }

  /** Where the plane of a picture's channel begins. */
  int plane(int picture, int channel) {
    return (picture * shape.channels() + channel) * area();
  }
}
