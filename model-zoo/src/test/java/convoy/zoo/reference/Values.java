package convoy.zoo.reference;

/** A named tensor inside the flat parameters and their gradient. */
@SuppressWarnings("ArrayRecordComponent")
record Values(double[] all, double[] gradients, int offset) {

  double of(int index) {
    return all[offset + index];
  }

  void learn(int index, double part) {
    gradients[offset + index] += part;
  }
}
