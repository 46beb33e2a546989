package convoy.jobs.engine;

import convoy.zoo.Architecture;
import convoy.zoo.Zoo;
import convoy.zoo.engine.Engines;
import convoy.zoo.engine.NetworkSpec;

/** Opens a small network again and again, as an executor does. */
final class OpenNetworks {
  private OpenNetworks() {}

  /** Argument: native threads of a network. */
  public static void main(String[] arguments) {
    Architecture smallest = Zoo.architecture("lenet5-modern");
    int threads = Integer.parseInt(arguments[0]);
    for (int i = 0; i < 3; i++) {
      Engines.open("auto", new NetworkSpec(smallest.graph(smallest.defaults()), null, 1, threads))
          .close();
    }

    System.out.println("opened");
  }
}
