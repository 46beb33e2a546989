package convoy.zoo.reference;

/**
 * A layer at work on a minibatch. Its backward pass adds to the gradients of its input and its
 * parameters.
 */
interface Computation {
  void forward();

  void backward();
}
