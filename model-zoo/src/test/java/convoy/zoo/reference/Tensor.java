package convoy.zoo.reference;

import convoy.zoo.graph.Shape;

/** The output of a layer for a minibatch, NCHW, and the gradient of the loss with respect to it. */
@SuppressWarnings("ArrayRecordComponent")
record Tensor(int batch, Shape shape, double[] values, double[] gradient) {

  static Tensor zeros(int batch, Shape shape) {
    int length = batch * shape.size();
    return new Tensor(batch, shape, new double[length], new double[length]);
  }

  /** Returns the number of places in one channel. */
  int area() {
    return shape.height() * shape.width();
  }

  /** Returns where the plane of a picture's channel begins. */
  int plane(int picture, int channel) {
    return (picture * shape.channels() + channel) * area();
  }
}
