package convoy.jobs.exchange;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Network;
import java.nio.FloatBuffer;

/** A named vector in a network: the parameters, or one of the optimizer's state vectors. */
record NetworkVector(FlatVector all, int start, int length) implements FlatVector {
  static FlatVector of(Network network, String name) {
    if (name.equals(StateLayout.PARAMETERS)) {
      return network.parameters();
    }

    int number = network.optimizerStateNames().indexOf(name);
    if (number < 0) {
      throw new IllegalArgumentException(
          "no vector " + name + " in a network with " + network.optimizerStateNames());
    }

    int length = network.parameters().length();
    return new NetworkVector(network.optimizerState(), number * length, length);
  }

  @Override
  public void read(int offset, FloatBuffer into) {
    all.read(start + offset, into);
  }

  @Override
  public void write(int offset, FloatBuffer from) {
    all.write(start + offset, from);
  }
}
