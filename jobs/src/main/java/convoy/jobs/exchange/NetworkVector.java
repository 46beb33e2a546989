package convoy.jobs.exchange;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Network;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

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

  /** Every vector of a network by its name. */
  static Map<String, FlatVector> all(Network network) {
    Map<String, FlatVector> all = new HashMap<>();
    all.put(StateLayout.PARAMETERS, network.parameters());
    network.optimizerStateNames().forEach(name -> all.put(name, of(network, name)));
    return all;
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
