package convoy.zoo.reference;

/** A layer on a minibatch; backward adds to the gradients of its input and its parameters. */
interface Computation {
  void forward();

  void backward();
}
